package dev.invitepacer.invitation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Templates as they were read at one time; two of the same templates are equal. Safe for several threads. */
final class TemplateSnapshot implements TemplateShelf {
    private final List<TemplateView> views;
    private final Map<String, NoteTemplate> compiled = new ConcurrentHashMap<>();

    TemplateSnapshot(List<TemplateView> views) {
        this.views = List.copyOf(views);
    }

    @Override
    public Optional<NoteTemplate> named(String name) {
        return views.stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .map(view -> compiled.computeIfAbsent(
                        name, any -> new NoteTemplate(name, view.alternatives(), view.fallbacks())));
    }

    @Override
    public List<String> names() {
        return views.stream().map(TemplateView::name).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TemplateSnapshot snapshot && snapshot.views.equals(views);
    }

    @Override
    public int hashCode() {
        return views.hashCode();
    }
}
