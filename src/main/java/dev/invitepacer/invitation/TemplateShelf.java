package dev.invitepacer.invitation;

import java.util.List;
import java.util.Optional;

/** The templates of one account, as they are at one time. */
public interface TemplateShelf {
    /** An account without templates. */
    TemplateShelf EMPTY = new TemplateShelf() {
        @Override
        public Optional<NoteTemplate> named(String name) {
            return Optional.empty();
        }

        @Override
        public List<String> names() {
            return List.of();
        }
    };

    Optional<NoteTemplate> named(String name);

    /** In alphabetical order. */
    List<String> names();
}
