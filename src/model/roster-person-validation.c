/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person can be called and how reached. Any thread: nothing is kept between calls. The time
 * is linear in the length of the text, whatever it holds. */

#include "config.h"

#include "roster-person-validation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "roster-error.h"

/* RFC 1035 section 2.3.4. */
#define LABEL_MAX_BYTES 63

/* Fewer digits are a typing error, more cannot be dialled (ITU-T E.164 section 6). */
#define PHONE_MIN_DIGITS 2
#define PHONE_MAX_DIGITS 15

/* A composed character has at most four code points in its canonical decomposition, so that a text
 * more than so many times too long is too long whatever composing does. */
#define MAX_DECOMPOSED 4

/* Returns: FALSE, so that a check can end with it. */
static gboolean fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error,
                     g_error_new_valist (ROSTER_ERROR, ROSTER_ERROR_INVALID, format, arguments));
  va_end (arguments);
  return FALSE;
}

/* Letters, digits, signs and the space, which every check of text as such lets through. */
static gboolean
is_printable_ascii (gunichar c)
{
  return c >= 0x20 && c <= 0x7e;
}

/* The property White_Space. */
static gboolean
is_white_space (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x0b || c == 0x85;
}

/* What comes along when text is copied, shows nothing and would make equal values differ: soft
 * hyphen, zero-width space, word joiner, byte order mark, and the directional marks, embeddings and
 * isolates of UAX #9, which address books put around numbers and programs around names, with the
 * deprecated U+206A to U+206F. Without them every letter reads the same. */
static gboolean
is_dropped (gunichar c)
{
  return c == 0xad || c == 0x61c || c == 0x200b || c == 0x200e || c == 0x200f ||
         (c >= 0x202a && c <= 0x202e) || c == 0x2060 || (c >= 0x2066 && c <= 0x206f) || c == 0xfeff;
}

/* Whether what is read is not what would be kept: an override of UAX #9 turns the letters round.
 * One from left to right changes nothing where all is written so. */
static gboolean
turns_letters (gunichar c, gboolean left_to_right)
{
  return c == 0x202e || (c == 0x202d && !left_to_right);
}

static gboolean
is_noncharacter (gunichar c)
{
  return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
}

/* Whether the character shows something by itself. The fillers are letters or symbols by their
 * category, but blank; what is unassigned may be a letter that is newer than GLib. */
static gboolean
is_visible (gunichar c)
{
  if (is_printable_ascii (c))
    return c != ' ';
  return (g_unichar_isgraph (c) || !g_unichar_isdefined (c)) && !g_unichar_ismark (c) &&
         c != 0x115f && c != 0x1160 && c != 0x2800 && c != 0x3164 && c != 0xffa0;
}

static gboolean
is_hidden (gunichar c)
{
  return !is_visible (c);
}

static gboolean
is_shown (gunichar c)
{
  return is_visible (c) || g_unichar_ismark (c);
}

/* Where the first character is that does not belong, or the end. */
static const char *
find_stranger (const char *text, gboolean (*belongs) (gunichar c))
{
  while (*text && belongs (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

static char *
first_char (const char *text)
{
  return g_utf8_substring (text, 0, 1);
}

/* For values that are there to be typed in elsewhere. */
static gboolean
check_shown (const char *text, GError **error)
{
  for (; *text; text = g_utf8_next_char (text))
    if (*text != ' ' && !is_shown (g_utf8_get_char (text)))
      return fail (error, _ ("This text contains an invisible character. Type it again."));
  return TRUE;
}

/* What no value can hold. */
static gboolean
check_text (const char *text, gboolean left_to_right, GError **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    return fail (error, _ ("This text is damaged. Type it again."));

  for (; *text; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (is_printable_ascii (c))
        continue;
      if (g_unichar_iscntrl (c) && !is_white_space (c))
        return fail (error, _ ("This text contains a control character. Type it again."));
      if (turns_letters (c, left_to_right))
        return fail (error, _ ("This text contains an invisible character that turns the direction "
                               "of writing. Type it again."));
      if (is_noncharacter (c))
        return fail (error,
                     _ ("This text contains something that is not a character. Type it again."));
    }
  return TRUE;
}

/* Letters and signs that are in their composed form whatever stands beside them: Latin, Cyrillic,
 * Hebrew, Arabic, Kana, Han, Hangul. */
static gboolean
is_composed (gunichar c)
{
  return is_printable_ascii (c) || (c > 0xa0 && c < 0x300 && c != 0xad) ||
         (c >= 0x400 && c < 0x483) || (c >= 0x5d0 && c <= 0x5ea) || (c >= 0x620 && c <= 0x64a) ||
         (c >= 0x3041 && c <= 0x3096) || (c >= 0x30a1 && c <= 0x30fc) ||
         (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3);
}

/* Whether tidy() would change nothing, for the text that most values are; no when in doubt. */
static gboolean
is_tidy (const char *text)
{
  gunichar before = ' ';

  for (; *text; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (!is_composed (c) || (c == ' ' && before == ' '))
        return FALSE;
      before = c;
    }
  return before != ' ';
}

/* The text in the one form in which it is kept: trimmed, each run of white space one space, without
 * what is_dropped(), composed. A text that is too long anyhow is not composed: that can take the
 * square of the length. */
static char *
tidy (const char *text, gsize max_chars)
{
  g_autoptr (GString) kept = NULL;
  gboolean space = FALSE;
  gsize n_chars = 0;

  if (is_tidy (text))
    return g_strdup (text);
  kept = g_string_new (NULL);
  for (; *text; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (is_dropped (c))
        continue;
      if (is_white_space (c))
        {
          space = kept->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (kept, ' ');
      g_string_append_unichar (kept, c);
      n_chars += space ? 2 : 1;
      space = FALSE;
    }

  if (n_chars > max_chars * MAX_DECOMPOSED)
    return g_string_free (g_steal_pointer (&kept), FALSE);
  return g_utf8_normalize (kept->str, (gssize) kept->len, G_NORMALIZE_NFC);
}

static char *
validate (const char *text,
          gsize max_chars,
          gboolean left_to_right,
          gboolean (*check) (const char *kept, GError **error),
          GError **error)
{
  g_autofree char *kept = NULL;

  if (!text)
    text = "";
  if (!check_text (text, left_to_right, error))
    return NULL;
  kept = tidy (text, max_chars);
  return check (kept, error) ? g_steal_pointer (&kept) : NULL;
}

static gboolean
check_name (const char *name, GError **error)
{
  glong n_chars = g_utf8_strlen (name, -1);

  if (n_chars == 0)
    return fail (error, _ ("A name is required."));
  if (n_chars > ROSTER_NAME_MAX_CHARS)
    return fail (error,
                 /* Translators: the plural is that of the limit, the first number. */
                 ngettext ("A name can have at most %d character; this one has %'ld.",
                           "A name can have at most %d characters; this one has %'ld.",
                           ROSTER_NAME_MAX_CHARS),
                 ROSTER_NAME_MAX_CHARS, n_chars);
  if (!*find_stranger (name, is_hidden))
    return fail (error, _ ("A name needs at least one letter, digit or sign that can be seen."));
  return TRUE;
}

/* RFC 6531 section 3.3 adds everything outside ASCII to an address; of that, what words are made
 * of. */
static gboolean
is_foreign_letter (gunichar c)
{
  return c > 0x7f && (g_unichar_isalnum (c) || g_unichar_ismark (c));
}

/* atext (RFC 5322 section 3.2.3) and the dot, anywhere, as HTML has it. */
static gboolean
is_local_char (gunichar c)
{
  return is_foreign_letter (c) ||
         (c <= 0x7f && (g_ascii_isalnum ((char) c) || strchr ("!#$%&'*+-/=?^_`{|}~.", (int) c)));
}

static gboolean
is_label_char (gunichar c)
{
  return is_foreign_letter (c) || (c <= 0x7f && (g_ascii_isalnum ((char) c) || c == '-'));
}

static gboolean
check_label (const char *label, GError **error)
{
  const char *stranger = find_stranger (label, is_label_char);
  gsize length = strlen (label);

  if (length == 0)
    return fail (error,
                 _ ("The part after the @ can neither begin nor end with a dot, nor have two "
                    "in a row."));
  if (*stranger || g_unichar_ismark (g_utf8_get_char (label)))
    {
      g_autofree char *shown = first_char (*stranger ? stranger : label);

      /* Translators: %s is a character. */
      return fail (error, _ ("The part after the @ cannot contain “%s”."), shown);
    }
  if (label[0] == '-' || label[length - 1] == '-')
    return fail (error, _ ("After the @, a hyphen can only stand between letters or digits."));
  if (length > LABEL_MAX_BYTES && g_str_is_ascii (label))
    return fail (error, _ ("A part of the domain between two dots is too long."));
  return TRUE;
}

static gboolean
check_domain (const char *domain, GError **error)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);

  if (g_strv_length (labels) < 2)
    return fail (error, _ ("The part after the @ needs a dot, as in name@example.com."));
  for (guint i = 0; labels[i]; i++)
    if (!check_label (labels[i], error))
      return FALSE;

  /* Punycode (RFC 3492) decides how long a label outside ASCII is. */
  if (!g_str_is_ascii (domain))
    {
      g_autofree char *ascii = g_hostname_to_ascii (domain);

      if (!ascii)
        return fail (error, _ ("The part after the @ is not a possible domain."));
    }
  return TRUE;
}

/* East Asian keyboards have their own width of every sign. */
static gunichar
to_narrow (gunichar c)
{
  return c >= 0xff01 && c <= 0xff5e ? c - 0xfee0 : c;
}

/* Returns: (transfer full) (nullable): @email with the width of its signs mapped (RFC 8265 section
 * 3.3.1) and the full stops of East Asia as dots (UTS #46); %NULL when there can be none. */
static char *
narrow_email (const char *email)
{
  g_autoptr (GString) narrow = NULL;

  if (g_str_is_ascii (email) || !g_utf8_validate (email, -1, NULL))
    return NULL;
  narrow = g_string_new (NULL);
  for (; *email; email = g_utf8_next_char (email))
    {
      gunichar c = g_utf8_get_char (email);

      g_string_append_unichar (narrow, c == 0x3002 || c == 0xff61 ? '.' : to_narrow (c));
    }
  return g_string_free (g_steal_pointer (&narrow), FALSE);
}

static gboolean
check_email (const char *email, GError **error)
{
  g_autofree char *local = NULL;
  const char *at = strchr (email, '@');
  const char *stranger;

  if (!*email)
    return fail (error, _ ("An e-mail address is required."));
  if (strlen (email) > ROSTER_EMAIL_MAX_BYTES)
    return fail (error,
                 /* Translators: the plural is that of the limit, the first number. */
                 ngettext ("An e-mail address can be at most %d byte long; this one has %'zu.",
                           "An e-mail address can be at most %d bytes long; this one has %'zu.",
                           ROSTER_EMAIL_MAX_BYTES),
                 ROSTER_EMAIL_MAX_BYTES, strlen (email));
  if (!check_shown (email, error))
    return FALSE;
  if (strchr (email, ' '))
    return fail (error, _ ("An e-mail address cannot contain a space."));
  if (!at)
    return fail (error, _ ("An e-mail address needs an @, as in name@example.com."));
  if (strchr (at + 1, '@'))
    return fail (error, _ ("An e-mail address can have only one @."));
  if (at == email)
    return fail (error, _ ("The part before the @ is missing, as in name@example.com."));

  local = g_strndup (email, (gsize) (at - email));
  stranger = find_stranger (local, is_local_char);
  if (*stranger)
    {
      g_autofree char *shown = first_char (stranger);

      /* Translators: %s is a character. */
      return fail (error, _ ("The part before the @ cannot contain “%s”."), shown);
    }
  return check_domain (at + 1, error);
}

/* The visual separators of RFC 3966 section 3, the space (ITU-T E.123), the slash (DIN 5008), and
 * every kind of dash: the minus sign, and the mark of long vowels that shares its key in Japan. */
static gboolean
is_phone_separator (gunichar c)
{
  return (c <= 0x7f && strchr (" -.()/", (int) c)) || c == 0x2212 || c == 0x30fc || c == 0xff70 ||
         g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

/* Where the digits of the extension begin, if an extension is marked here. */
static const char *
skip_extension_mark (const char *text)
{
  const char *const marks[] = { ";ext=", "extension", "ext.", "ext", "x", "#" };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_ascii_strncasecmp (text, marks[i], strlen (marks[i])) == 0)
      {
        text += strlen (marks[i]);
        return *text == ' ' ? text + 1 : text;
      }
  return NULL;
}

static gboolean
check_phone (const char *phone, GError **error)
{
  glong n_chars = g_utf8_strlen (phone, -1);
  const char *extension = NULL;
  gboolean has_plus = FALSE;
  guint n_digits = 0;

  if (n_chars == 0)
    return fail (error, _ ("A phone number is required."));
  if (n_chars > ROSTER_PHONE_MAX_CHARS)
    return fail (error,
                 /* Translators: the plural is that of the limit, the first number. */
                 ngettext ("A phone number can have at most %d character; this one has %'ld.",
                           "A phone number can have at most %d characters; this one has %'ld.",
                           ROSTER_PHONE_MAX_CHARS),
                 ROSTER_PHONE_MAX_CHARS, n_chars);
  if (!check_shown (phone, error))
    return FALSE;

  for (const char *at = phone; *at && !extension; at = g_utf8_next_char (at))
    {
      gunichar c = to_narrow (g_utf8_get_char (at));

      if (g_unichar_isdigit (c))
        {
          n_digits++;
          continue;
        }
      extension = skip_extension_mark (at);
      if (extension || is_phone_separator (c))
        continue;
      if (c != '+')
        {
          g_autofree char *shown = first_char (at);

          /* Translators: %s is a character. */
          return fail (error, _ ("A phone number cannot contain “%s”."), shown);
        }
      if (has_plus || n_digits > 0)
        return fail (error, _ ("A + can only stand once, at the beginning of a phone number."));
      has_plus = TRUE;
    }

  if (n_digits < PHONE_MIN_DIGITS)
    return fail (error, _ ("A phone number needs at least two digits."));
  if (n_digits > PHONE_MAX_DIGITS)
    return fail (error,
                 /* Translators: the plural is that of the limit, the first number. */
                 ngettext ("A phone number can have at most %d digit; this one has %u.",
                           "A phone number can have at most %d digits; this one has %u.",
                           PHONE_MAX_DIGITS),
                 PHONE_MAX_DIGITS, n_digits);
  if (extension && (!*extension || *find_stranger (extension, g_unichar_isdigit)))
    return fail (error, _ ("An extension is made of digits, as in “ext. 12”."));
  return TRUE;
}

char *
roster_validate_name (const char *text, GError **error)
{
  return validate (text, ROSTER_NAME_MAX_CHARS, FALSE, check_name, error);
}

char *
roster_validate_email (const char *text, GError **error)
{
  g_autofree char *narrow = text ? narrow_email (text) : NULL;

  return validate (narrow ? narrow : text, ROSTER_EMAIL_MAX_BYTES, TRUE, check_email, error);
}

char *
roster_validate_phone (const char *text, GError **error)
{
  return validate (text, ROSTER_PHONE_MAX_CHARS, TRUE, check_phone, error);
}

RosterPerson *
roster_person_validate (const RosterPerson *person, GError **error)
{
  g_autofree char *name = roster_validate_name (person->name, error);
  g_autofree char *email = name ? roster_validate_email (person->email, error) : NULL;
  g_autofree char *phone = email ? roster_validate_phone (person->phone, error) : NULL;
  RosterPerson *kept;

  if (!phone)
    return NULL;

  kept = roster_person_new (person->id, name, email, phone);
  kept->created_at_unix_ms = person->created_at_unix_ms;
  kept->updated_at_unix_ms = person->updated_at_unix_ms;
  kept->slot = person->slot;
  return kept;
}
