package pantau.embedded;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.id.IndonesianStemFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;

/** {@code stemmer} with {@code language} (or {@code name}) {@code indonesian}; another language is refused. */
final class StemmerFactory extends AbstractTokenFilterFactory {

    StemmerFactory(String name, Settings settings) {
        super(name);
        String language = settings.get("language", settings.get("name", "porter"));
        if ("indonesian".equalsIgnoreCase(language) == false) {
            throw new IllegalArgumentException(
                "filter [" + name + "]: the embedded node has only the stemmer of language [indonesian], not [" + language + "]");
        }
    }

    @Override
    public TokenStream create(TokenStream tokens) {
        return new IndonesianStemFilter(tokens);
    }
}
