package pantau.embedded;

import java.io.IOException;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.synonym.WordnetSynonymParser;
import org.apache.lucene.util.CharsRef;
import org.apache.lucene.util.CharsRefBuilder;

/** Reads WordNet rules; when lenient, a rule side that analyses to nothing is left out instead of failing the index. */
final class LenientWordnetParser extends WordnetSynonymParser {

    private final boolean lenient;

    LenientWordnetParser(boolean expand, boolean lenient, Analyzer analyzer) {
        super(false, expand, analyzer);
        this.lenient = lenient;
    }

    @Override
    public void add(CharsRef input, CharsRef output, boolean includeOriginal) {
        if (lenient == false || (input.length > 0 && output.length > 0)) {
            super.add(input, output, includeOriginal);
        }
    }

    @Override
    public CharsRef analyze(String text, CharsRefBuilder reuse) throws IOException {
        try {
            return super.analyze(text, reuse);
        } catch (IllegalArgumentException problem) {
            if (lenient) {
                return new CharsRef("");
            }
            throw problem;
        }
    }
}
