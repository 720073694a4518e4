package pantau.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.nativeaccess.NativeAccess;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Starts one Elasticsearch node from its published jars, without the distribution's own start scripts.
 *
 * <p>Arguments: the configuration folder (it holds elasticsearch.yml). The process ends when it is told to
 * (SIGTERM closes the node first) and exits with 1 when the node cannot start.
 */
public final class NodeLauncher {

    private static final int CLOSE_TIMEOUT_SECONDS = 20;

    private NodeLauncher() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("usage: NodeLauncher CONFIG_FOLDER");
            System.exit(2);
        }
        Path config = Path.of(args[0]).toAbsolutePath();
        LogConfigurator.configureESLogging();
        NativeAccess.instance();
        try {
            Node node = start(config);
            CountDownLatch closed = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node, closed), "close-node"));
            closed.await();
        } catch (Throwable problem) {
            problem.printStackTrace();
            // Threads of a half-started node are not daemons and would keep the process alive.
            System.exit(1);
        }
    }

    private static Node start(Path config) throws Exception {
        Settings settings = Settings.builder().loadFromPath(config.resolve("elasticsearch.yml")).build();
        Environment environment = new Environment(settings, config);
        PluginsLoader plugins = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir()),
            PluginsLoader.loadPluginsBundles(environment.pluginsDir()),
            Map.of(),
            false
        );
        Node node = new Node(environment, plugins);
        return node.start();
    }

    private static void close(Node node, CountDownLatch closed) {
        try {
            node.prepareForClose();
            node.close();
            node.awaitClose(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception problem) {
            problem.printStackTrace();
        } finally {
            closed.countDown();
        }
    }
}
