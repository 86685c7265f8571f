import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/**
 * Runs one OpenSearch node whose plugins lie on the class path, until the process is told to end.
 *
 * <p>Arguments: the file of settings (JSON), and each plugin as its class, or {@code class:extended} when it extends
 * another plugin's class. There is no bootstrap, hence no security manager and no bootstrap checks.
 */
public final class NodeLauncher extends Node {
    private static final long CLOSE_SECONDS = 20;

    private NodeLauncher(Environment environment, Collection<PluginInfo> plugins) {
        super(environment, plugins, true); // this constructor alone takes plugins from the class path
    }

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        Settings settings = Settings.builder().loadFromPath(file).build();
        List<PluginInfo> plugins = Arrays.stream(arguments).skip(1).map(NodeLauncher::plugin).toList();
        Path config = Files.createDirectories(Path.of(settings.get("path.home"), "config"));
        NodeLauncher node = new NodeLauncher(new Environment(settings, config), plugins);
        Runtime.getRuntime().addShutdownHook(new Thread(node::end));
        node.start();
        new CountDownLatch(1).await(); // all threads of a node are daemons: somebody has to stay
    }

    private static PluginInfo plugin(String argument) {
        String[] names = argument.split(":", 2);
        List<String> extended = Arrays.asList(names).subList(1, names.length);
        return new PluginInfo(
                names[0], "on the class path", Version.CURRENT.toString(), Version.CURRENT, "21", names[0], null, extended, false);
    }

    private void end() {
        try {
            close();
            awaitClose(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception problem) {
            problem.printStackTrace();
        }
    }
}
