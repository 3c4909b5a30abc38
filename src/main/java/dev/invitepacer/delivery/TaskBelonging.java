package dev.invitepacer.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

import dev.invitepacer.web.Belonging;

/** A task belongs to its invitation's account. */
@ApplicationScoped
class TaskBelonging implements Belonging {
    private final Tasks tasks;

    TaskBelonging(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public String parameter() {
        return "task";
    }

    @Override
    @Transactional
    public Optional<String> accountOf(String id) {
        return tasks.named(id).map(task -> task.account);
    }

    @Override
    public RuntimeException unknown() {
        return Tasks.unknown();
    }
}
