package dev.invitepacer.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which methods an address takes. RFC 9110 asks for them in an Allow header beside 405, and the framework does not tell
 * them there.
 */
@ApplicationScoped
class Addresses {
    private record Call(Pattern address, String method) {}

    private final List<Call> calls = new ArrayList<>();

    Addresses(BeanManager beans) {
        beans.getBeans(Object.class, Any.Literal.INSTANCE).forEach(bean -> {
            Path path = bean.getBeanClass().getAnnotation(Path.class);
            if (path != null) {
                for (Method method : bean.getBeanClass().getDeclaredMethods()) {
                    add(path.value(), method);
                }
            }
        });
    }

    /** The methods, in alphabetical order; none where there is nothing at the address. */
    Set<String> methodsAt(String path) {
        Set<String> methods = new TreeSet<>();
        calls.stream().filter(call -> call.address.matcher(path).matches()).forEach(call -> methods.add(call.method));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    private void add(String base, Method method) {
        String address = method.isAnnotationPresent(Path.class)
                ? base + method.getAnnotation(Path.class).value()
                : base;
        Pattern pattern = Pattern.compile(address.replaceAll("\\{[^}]*}", "[^/]+") + "/?");
        Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(named -> named != null)
                .forEach(named -> calls.add(new Call(pattern, named.value())));
    }
}
