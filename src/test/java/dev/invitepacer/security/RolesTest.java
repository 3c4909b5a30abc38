package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.web.Answer;

/**
 * The table of docs/reference/roles.md, cell by cell. A call that is allowed is made with a parameter that no address takes,
 * so that it is refused for that, once it is past the door, and nothing is done.
 */
@QuarkusTest
@TestProfile(Locked.class)
class RolesTest extends LockedTest {
    private static final java.nio.file.Path TABLE = java.nio.file.Path.of("docs/reference/roles.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]+ /(?:api/v1|problems)/[^`]+)` \\|(.*)\\|$");
    private static final List<String> COLUMNS = List.of("no key", "ADMIN", "OWNER", "INTEGRATOR", "SENDER", "READER");

    @Inject
    BeanManager beans;

    private long task;
    private long invitation;

    @BeforeEach
    void anAccountWithATask() {
        account("anna", "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"]}");
        account("bert", "");
        invitation = enqueue("anna", "grace");
        releases.round();
        task = count("select max(id) from task");
    }

    @Test
    void everyCallHasARowAndEveryRowIsACall() throws IOException {
        List<String> calls =
                calls().stream().map(Rights::call).distinct().sorted().toList();

        assertThat(Rights.all().keySet()).as("Rights").containsExactlyInAnyOrderElementsOf(calls);
        assertThat(table().keySet()).as(TABLE.toString()).containsExactlyInAnyOrderElementsOf(calls);
    }

    @Test
    void everyRoleMayDoWhatTheTableSaysAndNothingElse() throws IOException {
        Map<String, Map<String, String>> table = table();
        Map<String, String> keys = keysOf("anna");
        String readerOfAll = key(Role.READER);
        List<String> wrong = new ArrayList<>();
        for (Method call : calls()) {
            Map<String, String> row = table.getOrDefault(Rights.call(call), Map.of());
            for (String column : COLUMNS) {
                String cell = row.getOrDefault(column, "missing");
                check(call, column, keys.get(column), cell.equals("yes"), wrong);
                if (column.equals("READER")) {
                    check(call, "READER of all", readerOfAll, cell.equals("yes") || cell.equals("of all"), wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatIsInAnAccountThatAKeyDoesNotNameIsNotThereWhateverTheRole() {
        Map<String, String> keys = keysOf("bert");
        List<String> wrong = new ArrayList<>();
        for (Method call : calls()) {
            String template = Rights.call(call);
            if (!template.contains("{account}") && !template.contains("{task}")) {
                continue;
            }
            String expected = template.contains("{task}") ? "404 task-unknown" : "404 account-unknown";
            for (String role : COLUMNS.subList(2, COLUMNS.size())) {
                Answer answer = make(call, keys.get(role), "");
                if (!(answer.status() + " " + answer.code()).equals(expected)) {
                    wrong.add(role + " " + template + ": " + answer.status() + " " + answer.body());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void anAccountThatIsNotSeenIsAnsweredAsOneThatIsNotThere() {
        String owner = key(Role.OWNER, "bert");
        String hidden = read(owner, "/api/v1/accounts/anna").body();
        String missing = read(Locked.ADMIN, "/api/v1/accounts/nora").body();

        assertThat(hidden).isEqualTo(missing.replace("nora", "anna"));
        assertThat(read(owner, "/api/v1/tasks?account=anna").code()).isEqualTo("account-unknown");
        assertThat(read(owner, "/api/v1/tasks?account=bert&account=anna").code())
                .isIn("account-unknown");
        assertThat(read(owner, "/api/v1/events?account=anna").code()).isEqualTo("account-unknown");
        assertThat(as(owner, "POST", "/api/v1/tasks/" + task + "/claim", null).body())
                .isEqualTo(as(owner, "POST", "/api/v1/tasks/999999/claim", null).body());
    }

    private void check(Method call, String who, String key, boolean isAllowed, List<String> wrong) {
        Answer answer = make(call, key, "probe=1");
        boolean isIn = answer.status() == 400 && answer.body().contains("There is no parameter probe");
        boolean isOut = key == null
                ? answer.status() == 401 && answer.code().equals("key-missing")
                : answer.status() == 403 && answer.code().equals("forbidden");
        if (isAllowed ? !isIn : !isOut) {
            wrong.add(who + (isAllowed ? " may " : " may not ") + Rights.call(call) + ": " + answer.status() + " "
                    + answer.body());
        }
    }

    private Answer make(Method call, String key, String query) {
        String[] words = Rights.call(call).split(" ");
        String path = words[1].replace("{account}", "anna")
                .replace("{task}", Long.toString(task))
                .replace("{id}", Long.toString(invitation))
                .replaceAll("\\{[^}]*}", "x");
        Consumes consumes = call.getAnnotation(Consumes.class) == null
                ? call.getDeclaringClass().getAnnotation(Consumes.class)
                : call.getAnnotation(Consumes.class);
        Produces produces = call.getAnnotation(Produces.class);
        List<String> headers = new ArrayList<>();
        if (consumes != null) {
            String type = consumes.value()[0];
            headers.addAll(List.of("Content-Type", type + (type.startsWith("multipart") ? ";boundary=x" : "")));
        }
        if (produces != null) {
            headers.addAll(List.of("Accept", produces.value()[0].split(";")[0]));
        }
        return as(key, words[0], path + "?" + query, consumes == null ? null : "{}", headers.toArray(String[]::new));
    }

    private static Map<String, String> keysOf(String account) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            keys.put(role.name(), role == Role.ADMIN ? key(role) : key(role, account));
        }
        return keys;
    }

    private List<Method> calls() {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(bean -> bean.getBeanClass())
                .filter(type ->
                        type.isAnnotationPresent(Path.class) && type.getName().startsWith("dev.invitepacer."))
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Arrays.stream(method.getAnnotations())
                        .anyMatch(one -> one.annotationType().isAnnotationPresent(HttpMethod.class)))
                .toList();
    }

    private static Map<String, Map<String, String>> table() throws IOException {
        return ROW.matcher(Files.readString(TABLE)).results().collect(Collectors.toMap(row -> row.group(1), row -> {
            String[] cells = row.group(2).split("\\|");
            Map<String, String> byColumn = new TreeMap<>();
            for (int i = 0; i < COLUMNS.size(); i++) {
                byColumn.put(COLUMNS.get(i), cells[i].strip());
            }
            return byColumn;
        }));
    }
}
