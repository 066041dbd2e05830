#!/bin/sh
# Prints the CPU time that the redactor's first 4 KB cost in a fresh JVM, several times over.
# Usage: redactor-cold.sh path/to/hookbus-core.jar [runs]
set -eu
jar=$1
runs=${2:-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/Cold.java" <<'JAVA'
import dev.hookbus.payload.Redactor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;

public class Cold {
  public static void main(String[] args) {
    StringBuilder text = new StringBuilder("{\"password\":\"hunter2\",\"stdout\":\"");
    while (text.length() < 4_000) {
      text.append("a line of output with a token bucket and ann@example.com\\n");
    }
    byte[] utf8 = text.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    Redactor.standard().redact(utf8);
    System.out.printf("%.2f ms%n", (threads.getCurrentThreadCpuTime() - begin) / 1e6);
  }
}
JAVA
javac -cp "$jar" -d "$work" "$work/Cold.java"
i=0
while [ "$i" -lt "$runs" ]; do
  java -cp "$jar:$work" Cold
  i=$((i + 1))
done
