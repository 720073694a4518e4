package pantau.embedded;

import java.io.Reader;
import java.util.HashSet;
import java.util.Set;

import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractCharFilterFactory;

/** {@code html_strip}: parameter {@code escaped_tags}. */
final class HtmlStripFactory extends AbstractCharFilterFactory {

    private final Set<String> escapedTags;

    HtmlStripFactory(String name, Settings settings) {
        super(name);
        this.escapedTags = new HashSet<>(settings.getAsList("escaped_tags"));
    }

    @Override
    public Reader create(Reader reader) {
        return escapedTags.isEmpty() ? new HTMLStripCharFilter(reader) : new HTMLStripCharFilter(reader, escapedTags);
    }
}
