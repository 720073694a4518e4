package pantau.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.elasticsearch.index.analysis.AbstractIndexAnalyzerProvider;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.PreConfiguredCharFilter;
import org.elasticsearch.index.analysis.PreConfiguredTokenFilter;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.Plugin;

/**
 * The few components of the distribution's own analysis module that Pantau's index template uses.
 *
 * <p>That module is on no registry, the Lucene classes it wraps are. Names and parameters are the official
 * ones, so a template written for this node is accepted unchanged by the full distribution.
 */
public final class AnalysisPlugin extends Plugin implements org.elasticsearch.plugins.AnalysisPlugin {

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        Map<String, AnalysisProvider<TokenFilterFactory>> filters = new TreeMap<>();
        filters.put("asciifolding", (index, environment, name, settings) -> new AsciiFoldingFactory(name, settings));
        filters.put("stemmer", (index, environment, name, settings) -> new StemmerFactory(name, settings));
        filters.put("keyword_marker", org.elasticsearch.plugins.AnalysisPlugin.requiresAnalysisSettings(
            (index, environment, name, settings) -> KeywordMarkerFactory.of(environment, name, settings)));
        filters.put("synonym_graph", org.elasticsearch.plugins.AnalysisPlugin.requiresAnalysisSettings(
            (index, environment, name, settings) -> new SynonymGraphFactory(environment, name, settings)));
        return filters;
    }

    @Override
    public Map<String, AnalysisProvider<CharFilterFactory>> getCharFilters() {
        return Map.of("html_strip", (index, environment, name, settings) -> new HtmlStripFactory(name, settings));
    }

    @Override
    public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
        return Map.of("indonesian", (index, environment, name, settings) -> {
            CharArraySet stopwords = Analysis.parseStopWords(environment, settings, IndonesianAnalyzer.getDefaultStopSet());
            CharArraySet kept = Analysis.parseStemExclusion(settings, CharArraySet.EMPTY_SET);
            return new IndonesianProvider(name, new IndonesianAnalyzer(stopwords, kept));
        });
    }

    @Override
    public List<PreConfiguredTokenFilter> getPreConfiguredTokenFilters() {
        List<PreConfiguredTokenFilter> filters = new ArrayList<>();
        filters.add(PreConfiguredTokenFilter.singleton("asciifolding", true, ASCIIFoldingFilter::new));
        return filters;
    }

    @Override
    public List<PreConfiguredCharFilter> getPreConfiguredCharFilters() {
        return List.of(PreConfiguredCharFilter.singleton("html_strip", false, HTMLStripCharFilter::new));
    }

    /** Hands out the one analyzer that was built from an index's settings. */
    private static final class IndonesianProvider extends AbstractIndexAnalyzerProvider<IndonesianAnalyzer> {

        private final IndonesianAnalyzer analyzer;

        IndonesianProvider(String name, IndonesianAnalyzer analyzer) {
            super(name);
            this.analyzer = analyzer;
        }

        @Override
        public IndonesianAnalyzer get() {
            return analyzer;
        }
    }
}
