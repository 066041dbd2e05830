import dev.hookbus.launch.Launcher;
import dev.hookbus.launch.Launchers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the commands that are measured: {@code Install DIRECTORY EVENT JAR...}. */
public final class Install {
  private Install() {}

  public static void main(String[] args) throws Exception {
    List<Path> jars = new ArrayList<>();
    for (int i = 2; i < args.length; i++) {
      jars.add(Path.of(args[i]));
    }
    Launcher launcher =
        Launcher.of("prepared", "StartHook", jars).withTraining(Files.readString(Path.of(args[1])));
    Launchers launchers = Launchers.in(Path.of(args[0]));
    launchers.write(launcher);
    System.out.println(launchers.level("prepared"));
    for (String client : List.of("compiled", "curl")) {
      Launchers.in(Path.of(args[0], client)).write(launcher.withResident());
    }
  }
}
