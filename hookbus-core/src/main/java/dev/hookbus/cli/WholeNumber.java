package dev.hookbus.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number that has limits. */
abstract class WholeNumber implements ITypeConverter<Integer> {

  private final int smallest;
  private final int largest;

  WholeNumber(int smallest, int largest) {
    this.smallest = smallest;
    this.largest = largest;
  }

  @Override
  public final Integer convert(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= smallest && number <= largest) {
        return number;
      }
    } catch (NumberFormatException notNumber) {
      // Reported below, like a number out of range.
    }
    throw new TypeConversionException(
        "takes a whole number from " + smallest + " to " + largest + ", not '" + text + "'");
  }

  /** Hours for which statistics are kept. */
  static final class Hours extends WholeNumber {
    Hours() {
      super(1, 9_600);
    }
  }

  /** Days, with the limits of the retention flag. */
  static final class Days extends WholeNumber {
    Days() {
      super(1, 36_500);
    }
  }

  /** Seconds of patience: none to a day. */
  static final class Seconds extends WholeNumber {
    Seconds() {
      super(0, 86_400);
    }
  }

  /** Lines of output. */
  static final class Lines extends WholeNumber {
    Lines() {
      super(1, 1_000_000);
    }
  }
}
