import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * HeidelTime over a corpus in one Java machine, which times_vs_heideltime.py compiles and runs.
 *
 * Arguments: its config.props, and a list of texts: a line for each, the day, a tab, the path.
 * Prints the seconds its start took; then, for each line it reads, goes through the corpus once
 * and prints the seconds and the number of expressions found.
 */
public final class HeidelTimeRounds {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err); // HeidelTime talks there, too
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        List<Date> days = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        SimpleDateFormat format = new SimpleDateFormat("yyyy-MM-dd");
        for (String line : Files.readAllLines(Paths.get(arguments[1]), StandardCharsets.UTF_8)) {
            String[] parts = line.split("\t");
            days.add(format.parse(parts[0]));
            texts.add(new String(Files.readAllBytes(Paths.get(parts[1])), StandardCharsets.UTF_8));
        }
        long start = System.nanoTime();
        HeidelTimeStandalone tagger = new HeidelTimeStandalone(
            Language.GERMAN, DocumentType.NEWS, OutputType.TIMEML, arguments[0], POSTagger.TREETAGGER);
        out.println((System.nanoTime() - start) / 1e9);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        while (orders.readLine() != null) {
            int found = 0;
            start = System.nanoTime();
            for (int i = 0; i < texts.size(); i++) {
                found += tagger.process(texts.get(i), days.get(i)).split("<TIMEX3 ", -1).length - 1;
            }
            out.println((System.nanoTime() - start) / 1e9 + " " + found);
        }
    }
}
