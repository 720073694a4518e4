package pantau.embedded;

import java.util.regex.Pattern;

import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.PatternKeywordMarkerFilter;
import org.apache.lucene.analysis.miscellaneous.SetKeywordMarkerFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.Analysis;

/**
 * {@code keyword_marker}: {@code keywords} or {@code keywords_path} with {@code ignore_case}, or
 * {@code keywords_pattern}; exactly one of the kinds, as in the distribution.
 */
final class KeywordMarkerFactory extends AbstractTokenFilterFactory {

    private final CharArraySet words;
    private final Pattern pattern;

    private KeywordMarkerFactory(String name, CharArraySet words, Pattern pattern) {
        super(name);
        this.words = words;
        this.pattern = pattern;
    }

    static KeywordMarkerFactory of(Environment environment, String name, Settings settings) {
        boolean ignoreCase = settings.getAsBoolean("ignore_case", false);
        String pattern = settings.get("keywords_pattern");
        if (pattern == null) {
            CharArraySet words = Analysis.parseWords(environment, settings, "keywords", null, null, ignoreCase);
            if (words == null) {
                throw new IllegalArgumentException(
                    "keyword filter requires either `keywords`, `keywords_path`, or `keywords_pattern` to be configured");
            }
            return new KeywordMarkerFactory(name, words, null);
        }
        if (settings.hasValue("keywords") || settings.hasValue("keywords_path")) {
            throw new IllegalArgumentException(
                "cannot specify both `keywords_pattern` and `keywords` or `keywords_path`");
        }
        return new KeywordMarkerFactory(name, null, Pattern.compile(pattern));
    }

    @Override
    public TokenStream create(TokenStream tokens) {
        return pattern == null ? new SetKeywordMarkerFilter(tokens, words) : new PatternKeywordMarkerFilter(tokens, pattern);
    }
}
