package dev.hookbus.payload;

/**
 * Says what the value of a field is, by the segments of its name: {@code db_password}, {@code
 * userPassword} and {@code X-Api-Key} end in words that matter, {@code max_tokens}, {@code
 * tokenizer} and {@code author} do not.
 */
final class FieldName {

  /** The value may be anything. */
  static final int NONE = 0;

  /** Whatever the value is, it is secret. */
  static final int PASSWORD = 1;

  /** The value is secret unless it is plainly a name or a type. */
  static final int SECRET = 2;

  /** The value is secret if it does not read like a word. */
  static final int TOKEN = 3;

  /** The value is secret if it looks random. */
  static final int KEY = 4;

  static final int EMAIL = 5;
  static final int PHONE = 6;
  static final int SSN = 7;
  static final int CARD = 8;

  /** The value is a scheme and a credential. */
  static final int AUTHORIZATION = 9;

  static final int COOKIE = 10;

  private static final int MAX_SEGMENTS = 16;

  /** What most names are called; looked up first, as the rest costs more. */
  private static final String PLAIN_NAMES = " token tokens key keys ";

  private static final String SUFFIXES =
      " value val text plain plaintext raw b64 base64 enc encrypted encoded new old"
          + " current confirm confirmation repeat again prod production dev test staging live"
          + " secondary backup default hash hashed ";

  private static final String PASSWORDS =
      " password passwords passwd passwds passphrase passphrases passcode passwort kennwort pwd"
          + " cvv cvc cvv2 ";

  private static final String JOINED_PASSWORDS =
      " password passwd passphrase passwort dbpass userpass mypass smtppass mysqlpwd dbpwd userpwd"
          + " pgpassword sshpass rootpass adminpass ";

  private static final String JOINED_SECRETS =
      " apikey apikeys secretkey accesskey accesskeyid privatekey authtoken accesstoken"
          + " refreshtoken bearertoken sessiontoken idtoken apitoken clientsecret apisecret"
          + " appsecret authkey masterkey encryptionkey signingkey sharedkey accountkey"
          + " connectionstring connstr databaseurl dburl licensekey appkey sessionkey"
          + " sharedaccesskey webhooksecret csrftoken xsrftoken usertoken bottoken ";

  private static final String SECRET_KEYS =
      " api access secret private encryption encrypt decryption signing sign signature master"
          + " shared account subscription service auth session license licence ssh gpg pgp ssl tls"
          + " deploy webhook hmac aes rsa jwt admin root consumer app application client server"
          + " instrumentation security secure storage function openai stripe aws azure gcp google"
          + " github gitlab slack twilio sendgrid mailgun anthropic datadog newrelic sentry algolia"
          + " maps cloudflare heroku pusher firebase supabase integration ingest host ec wallet"
          + " seed crypto cipher vault unseal recovery backup bearer activation ";

  private static final String OTHER_KEYS =
      " public pub publishable primary foreign sort partition cache dedupe dedup idempotency"
          + " idempotent correlation routing object s3 row column index map hash lookup group"
          + " shortcut hot arrow registry config property setting settings message i18n translation"
          + " project issue ticket query bucket state event composite unique natural surrogate"
          + " business hotkey modifier enter escape return tab any press home end up down left"
          + " right delete page join range shard distribution meta metadata label tag answer"
          + " legend on parent ";

  private static final String COUNTED =
      " max min num n total prompt completion input output cached cache creation used remaining"
          + " count per stop pad eos bos unk mask sep cls special next previous prev page"
          + " continuation cancellation start end first last reasoning context budget limit avg"
          + " thinking audio image word sub lexer parser syntax tree design semantic color mean"
          + " median estimated expected actual new old ";

  private static final String DATABASES =
      " database db mongo mongodb redis postgres postgresql pg mysql amqp rabbitmq connection jdbc"
          + " cache celery broker ";

  private static final String PHONES =
      " phone phones telephone telephones mobile phonenumber mobilenumber phonenumbers ";

  private final Scan scan;
  private final int[] starts = new int[MAX_SEGMENTS];
  private final int[] ends = new int[MAX_SEGMENTS];
  private int count;

  FieldName(Scan scan) {
    this.scan = scan;
  }

  /** What the value of the field is whose name stands in a range. */
  int classify(int from, int to) {
    split(from, to);
    int last = count - 1;
    if (is(last, PLAIN_NAMES)) {
      return secret(last, from, to);
    }
    while (last > 0 && (isNumber(last) || is(last, SUFFIXES))) {
      last--;
    }
    if (last < 0) {
      return NONE;
    }
    int secret = secret(last, from, to);
    return secret != NONE ? secret : personal(last);
  }

  private int secret(int last, int from, int to) {
    boolean compound = last > 0;
    // First, because text is full of these.
    if (is(last, " token tokens ")) {
      if (!compound) {
        return TOKEN;
      }
      return is(last - 1, COUNTED) ? NONE : is(last, " tokens ") ? TOKEN : SECRET;
    }
    if (is(last, " key keys ")) {
      return !compound
          ? KEY
          : is(last - 1, SECRET_KEYS) ? SECRET : is(last - 1, OTHER_KEYS) ? NONE : KEY;
    }
    if (is(last, PASSWORDS) || endsWithAny(last, JOINED_PASSWORDS)) {
      return isWorkingDirectory(from, to) ? NONE : PASSWORD;
    }
    if (is(last, " pass ")) {
      return compound || isUpper(from) ? PASSWORD : TOKEN;
    }
    if (is(last, " secret secrets credential credentials creds cred ")) {
      return compound && !is(last, " credentials ") ? SECRET : TOKEN;
    }
    if (endsWithAny(last, JOINED_SECRETS)
        || (compound && is(last, " pat "))
        || is(last, " dsn ")
        || (compound && is(last, " url uri ") && is(last - 1, DATABASES))
        || (compound && is(last - 1, " connection conn ") && is(last, " string str "))) {
      return SECRET;
    }
    if (compound
        && is(last, " id ")
        && is(last - 1, " key ")
        && last > 1
        && is(last - 2, " access ")) {
      return TOKEN;
    }
    if (is(last, " authorization ")) {
      return AUTHORIZATION;
    }
    if (is(last, " cookie ")) {
      return COOKIE;
    }
    return is(last, " auth jwt otp ") ? TOKEN : NONE;
  }

  private int personal(int last) {
    boolean compound = last > 0;
    if (is(last, " email emails emailaddress ")
        || (compound && is(last - 1, " email mail ") && is(last, " address addresses addr "))
        || (compound && is(last - 1, " e ") && is(last, " mail "))) {
      return EMAIL;
    }
    boolean number = is(last, " number numbers no num nr ");
    if (is(last, PHONES)
        || (compound && number && is(last - 1, " phone telephone mobile cell fax contact "))) {
      return PHONE;
    }
    if (is(last, " ssn ")
        || (number && compound && is(last - 1, " security ssn "))
        || (compound && is(last, " security ") && is(last - 1, " social "))) {
      return SSN;
    }
    if (is(last, " creditcard creditcardnumber cardnumber ccnumber ")
        || (compound && is(last, " card ") && is(last - 1, " credit debit payment bank "))
        || (compound && number && is(last - 1, " card cc "))) {
      return CARD;
    }
    return NONE;
  }

  private boolean isWorkingDirectory(int from, int to) {
    return scan.matches(to - 3, "PWD") && (to - from == 3 || scan.matches(from, "OLDPWD"));
  }

  private boolean isUpper(int from) {
    return scan.is(from, Chars.UPPER);
  }

  private boolean isNumber(int segment) {
    return scan.is(starts[segment], Chars.DIGIT);
  }

  private boolean is(int segment, String words) {
    return segment >= 0 && Words.contains(words, scan, starts[segment], ends[segment]);
  }

  /** Whether a segment written without separators ends with one of the words. */
  private boolean endsWithAny(int segment, String words) {
    int from = starts[segment];
    int to = ends[segment];
    if (to - from < 5) {
      return false;
    }
    for (int i = from; i <= to - 5; i++) {
      if (Words.contains(words, scan, i, to)) {
        return true;
      }
    }
    return false;
  }

  /** Cuts a name at separators, at the humps of camel case and round digits; keeps the last. */
  private void split(int from, int to) {
    count = 0;
    int i = from;
    while (i < to) {
      int end = segmentEnd(i, to);
      if (end > i) {
        if (count == MAX_SEGMENTS) {
          count--;
          System.arraycopy(starts, 1, starts, 0, count);
          System.arraycopy(ends, 1, ends, 0, count);
        }
        starts[count] = i;
        ends[count] = end;
        count++;
      }
      i = Math.max(end, i + 1);
    }
  }

  private int segmentEnd(int from, int to) {
    if (scan.is(from, Chars.DIGIT)) {
      return Math.min(to, scan.runEnd(from, Chars.DIGIT, 64));
    }
    int upper = scan.runEnd(from, Chars.UPPER, to - from);
    int lower = scan.runEnd(upper, Chars.LOWER, to - upper);
    // In APIKey the last capital begins the next word.
    return lower > upper && upper - from > 1 ? upper - 1 : lower;
  }
}
