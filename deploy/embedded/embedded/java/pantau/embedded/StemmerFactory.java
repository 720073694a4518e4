package pantau.embedded;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.id.IndonesianStemFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;

/**
 * {@code stemmer} with {@code language} (or {@code name}) {@code indonesian}.
 *
 * <p>The distribution's default, {@code porter}, is there because every index makes one filter without
 * settings; any other language is refused.
 */
final class StemmerFactory extends AbstractTokenFilterFactory {

    private final boolean indonesian;

    StemmerFactory(String name, Settings settings) {
        super(name);
        String language = settings.get("language", settings.get("name", "porter"));
        this.indonesian = "indonesian".equalsIgnoreCase(language);
        if (indonesian == false && "porter".equalsIgnoreCase(language) == false) {
            throw new IllegalArgumentException(
                "filter [" + name + "]: the embedded node has only the stemmer of language [indonesian], not [" + language + "]");
        }
    }

    @Override
    public TokenStream create(TokenStream tokens) {
        return indonesian ? new IndonesianStemFilter(tokens) : new PorterStemFilter(tokens);
    }
}
