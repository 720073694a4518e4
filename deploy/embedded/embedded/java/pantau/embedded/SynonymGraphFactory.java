package pantau.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.text.ParseException;
import java.util.List;
import java.util.function.Function;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.analysis.synonym.WordnetSynonymParser;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalysisMode;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.CustomAnalyzer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;

/**
 * {@code synonym_graph}: {@code synonyms} or {@code synonyms_path}, {@code format} (solr, wordnet),
 * {@code expand}, {@code lenient}, {@code updateable}. Rules pass through the filters that stand before this
 * one in the analyzer, as in the distribution.
 */
final class SynonymGraphFactory extends AbstractTokenFilterFactory {

    private final Environment environment;
    private final Settings settings;
    private final boolean updateable;

    SynonymGraphFactory(Environment environment, String name, Settings settings) {
        super(name);
        this.environment = environment;
        this.settings = settings;
        this.updateable = settings.getAsBoolean("updateable", false);
        if (settings.hasValue("synonyms_set")) {
            throw new IllegalArgumentException("filter [" + name + "]: the embedded node has no synonyms API, use [synonyms]");
        }
    }

    @Override
    public AnalysisMode getAnalysisMode() {
        return updateable ? AnalysisMode.SEARCH_TIME : AnalysisMode.ALL;
    }

    @Override
    public TokenStream create(TokenStream tokens) {
        throw new IllegalStateException("Call getChainAwareTokenFilterFactory to specialize this factory for an analysis chain first");
    }

    @Override
    public TokenFilterFactory getChainAwareTokenFilterFactory(
        IndexCreationContext context,
        TokenizerFactory tokenizer,
        List<CharFilterFactory> charFilters,
        List<TokenFilterFactory> previousFilters,
        Function<String, TokenFilterFactory> allFilters
    ) {
        Analyzer analyzer = new CustomAnalyzer(
            tokenizer,
            charFilters.toArray(CharFilterFactory[]::new),
            previousFilters.stream().map(TokenFilterFactory::getSynonymFilter).toArray(TokenFilterFactory[]::new)
        );
        return new Chained(name(), buildMap(analyzer), getAnalysisMode());
    }

    private SynonymMap buildMap(Analyzer analyzer) {
        boolean expand = settings.getAsBoolean("expand", true);
        // The distribution is lenient with updateable filters unless told otherwise.
        boolean lenient = settings.getAsBoolean("lenient", updateable);
        try (Reader rules = rules()) {
            if ("wordnet".equalsIgnoreCase(settings.get("format", ""))) {
                WordnetSynonymParser parser = new LenientWordnetParser(expand, lenient, analyzer);
                parser.parse(rules);
                return parser.build();
            }
            SolrSynonymParser parser = new LenientSolrParser(expand, lenient, analyzer);
            parser.parse(rules);
            return parser.build();
        } catch (IOException | ParseException problem) {
            throw new IllegalArgumentException("failed to build synonyms of filter [" + name() + "]", problem);
        }
    }

    private Reader rules() {
        if (settings.hasValue("synonyms")) {
            return new StringReader(String.join(System.lineSeparator(), settings.getAsList("synonyms")));
        }
        String path = settings.get("synonyms_path");
        if (path == null) {
            throw new IllegalArgumentException(
                "synonym requires either `synonyms`, `synonyms_set` or `synonyms_path` to be configured");
        }
        return Analysis.getReaderFromFile(environment, path, "synonyms_path");
    }

    /** The filter of one analyzer, with its rules already read. */
    private record Chained(String name, SynonymMap map, AnalysisMode mode) implements TokenFilterFactory {

        @Override
        public TokenStream create(TokenStream tokens) {
            return map.fst == null ? tokens : new SynonymGraphFilter(tokens, map, false);
        }

        @Override
        public TokenFilterFactory getSynonymFilter() {
            // Rules of a later synonym filter must not pass through this one.
            return IDENTITY_FILTER;
        }

        @Override
        public AnalysisMode getAnalysisMode() {
            return mode;
        }
    }
}
