package muster.reports.site;

import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Fills the templates that lie beside this class. */
final class Renderer {

    static final List<String> ASSETS = List.of("muster.css", "favicon.svg");
    private static final Version VERSION = Configuration.VERSION_2_3_35;
    /** What pages that are served have beside {@link #ASSETS}. */
    static final List<String> LIVE_ASSETS = List.of("muster.js");

    private static final List<String> TEMPLATES = List.of(
            "layout.ftlh",
            "pictures.ftlh",
            "farm.ftlh",
            "run.ftlh",
            "compare.ftlh",
            "cell.ftlh",
            "cases.ftlh",
            "case.ftlh",
            "waivers.ftlh",
            "queue.ftlh",
            "hosts.ftlh",
            "schedule.ftlh",
            "access.ftlh",
            "sign-in.ftlh",
            "problem.ftlh");

    private static final String DIGEST = digest();

    private final Configuration configuration = new Configuration(VERSION);

    /** @param zone in which times are shown */
    Renderer(ZoneId zone) {
        configuration.setClassForTemplateLoading(Renderer.class, "");
        configuration.setDefaultEncoding("UTF-8");
        configuration.setLocalizedLookup(false);
        configuration.setNumberFormat("computer");
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
        configuration.setFallbackOnNullLoopVariable(false);
        configuration.setObjectWrapper(new DefaultObjectWrapperBuilder(VERSION).build());
        try {
            configuration.setSharedVariables(Map.of("text", new Text(), "times", new Times(zone)));
        } catch (TemplateException broken) {
            throw new IllegalStateException("cannot share what templates use", broken);
        }
    }

    /** One page. */
    String page(String template, Map<String, Object> all) {
        StringWriter out = new StringWriter();
        try {
            configuration.getTemplate(template).process(all, out);
        } catch (IOException | TemplateException broken) {
            throw new IllegalStateException("cannot fill the template " + template, broken);
        }
        return out.toString();
    }

    /** A digest of all templates: pages made from others are out of date. */
    static String templates() {
        return DIGEST;
    }

    private static String digest() {
        StringBuilder all = new StringBuilder();
        for (String name : TEMPLATES) {
            all.append(Links.digest(new String(resource(name), java.nio.charset.StandardCharsets.UTF_8)));
        }
        return Links.digest(all.toString());
    }

    static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(Renderer.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read the resource " + name, broken);
        }
    }
}
