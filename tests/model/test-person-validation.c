/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "roster-error.h"
#include "roster-person-validation.h"

#include <string.h>

typedef char *(*Validator) (const char *text, GError **error);

typedef struct
{
  const char *typed;
  const char *kept;
} Accepted;

static void
assert_accepted (Validator validate, const Accepted *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *kept = validate (cases[i].typed, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (kept, ==, cases[i].kept ? cases[i].kept : cases[i].typed);
    }
}

static void
assert_refused_with (Validator validate, const char *typed, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = validate (typed, &error);

  g_assert_null (kept);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, sentence);
}

static void
assert_refused (Validator validate, const char *const *typed, gsize n_typed)
{
  for (gsize i = 0; i < n_typed; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *kept = validate (typed[i], &error);

      g_assert_cmpstr (kept, ==, NULL);
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
    }
}

static char *
repeat (const char *text, gsize times)
{
  GString *all = g_string_sized_new (strlen (text) * times);

  for (gsize i = 0; i < times; i++)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

static void
test_name_accepted (void)
{
  const Accepted cases[] = {
    { "John Doe" },
    { "  John Doe\n", "John Doe" },
    { "John\tDoe", "John Doe" },
    { "John\r\nDoe", "John Doe" },
    { "John \v\f Doe", "John Doe" },
    { "John\xc2\x85"
      "Doe",
      "John Doe" },
    { "John\xc2\xa0\xe2\x80\xa8"
      "Doe",
      "John Doe" },
    { "佐藤\xe3\x80\x80健", "佐藤 健" },
    { "Mu\xcc\x88ller", "Müller" },
    { "\xe1\x84\x80\xe1\x85\xb5\xe1\x86\xb7", "김" },
    { "\xe2\x84\xab", "Å" },
    { "O'Brien" },
    { "Smith-Jones, Jr." },
    { "X" },
    { "李" },
    { "7" },
    { "علی\xe2\x80\x8cرضا" },
    { "ज्ञानेश" },
    { "\xe2\x80\x8fדוד\xe2\x80\x8e", "דוד" },
    { "\xd8\x9c"
      "نور",
      "نور" },
    { "\xef\xbb\xbf"
      "Anna",
      "Anna" },
    { "An\xc2\xadna\xe2\x80\x8b", "Anna" },
    { "\u2068Anna\u2069", "Anna" },
    { "\u2067נועה\u2069 \u2066Lee\u2069", "נועה Lee" },
    { "\u202BJohn\u202C", "John" },
    { "John\u202A", "John" },
    { "\u206AJohn", "John" },
    { "e\xe2\x80\x8b\xcc\x81", "é" },
    { "👩\xe2\x80\x8d💻" },
    { "\xee\x80\x80" },
    { "\xf0\xae\xaf\xb0" },
    { "\xcc\x81"
      "Anna" },
    { "%s%n" },
    { "<b>Anna</b> & Co" },
    { "'; DROP TABLE people; --" },
  };

  assert_accepted (roster_validate_name, cases, G_N_ELEMENTS (cases));
}

static void
test_name_refused (void)
{
  const char *cases[] = {
    "\xff",
    "John\xc3",
    "\xed\xa0\x80",
    "\xc0\x80",
    "\xf4\x90\x80\x80",
    "John\x01"
    "Doe",
    "John\x1b[31m",
    "John\x7f",
    "John\xc2\x80",
    "John\x1c",
    "John\xe2\x80\xae"
    "eoD",
    "\xe2\x80\xad"
    "John",
    "\xe2\x80\xaeJohn\xe2\x80\xac",
    "\u2066\u2069",
    "John\xef\xbf\xbf",
    "John\xef\xbf\xbe",
    "John\xef\xb7\x90",
    "John\xf4\x8f\xbf\xbf",
    "\xe2\x80\x8b",
    "\xe2\x80\x8d",
    "\xe2\x80\x8c \xe2\x80\x8d",
    "\xcc\x81",
    "\xcd\x8f\xcc\x88",
    "\xe3\x85\xa4",
    "\xef\xbe\xa0",
    "\xe2\xa0\x80",
    "\xe1\x85\x9f\xe1\x85\xa0",
    "\xef\xb8\x8f",
    "\xf3\xa0\x80\xa0",
  };

  assert_refused (roster_validate_name, cases, G_N_ELEMENTS (cases));
}

static void
test_name_sentences (void)
{
  g_autofree char *just_too_long = repeat ("é", ROSTER_NAME_MAX_CHARS + 1);
  g_autofree char *far_too_long = repeat ("a", 100000);

  assert_refused_with (roster_validate_name, NULL, "A name is required.");
  assert_refused_with (roster_validate_name, "", "A name is required.");
  assert_refused_with (roster_validate_name, " \t\n\xc2\xa0\xe3\x80\x80", "A name is required.");
  assert_refused_with (roster_validate_name, "\xe2\x80\x8b\xef\xbb\xbf", "A name is required.");
  assert_refused_with (roster_validate_name, "\xe2\x80\x8d",
                       "A name needs at least one letter, digit or sign that can be seen.");
  assert_refused_with (roster_validate_name, "\xff", "This text is damaged. Type it again.");
  assert_refused_with (roster_validate_name, "a\x01",
                       "This text contains a control character. Type it again.");
  assert_refused_with (roster_validate_name, "a\xe2\x80\xae",
                       "This text contains an invisible character that turns the direction of "
                       "writing. Type it again.");
  assert_refused_with (roster_validate_name, "a\xef\xbf\xbf",
                       "This text contains something that is not a character. Type it again.");
  assert_refused_with (roster_validate_name, just_too_long,
                       "A name can have at most 200 characters; this one has 201.");
  assert_refused_with (roster_validate_name, far_too_long,
                       "A name can have at most 200 characters; this one has 100000.");
}

static void
test_name_lengths (void)
{
  g_autofree char *longest = repeat ("é", ROSTER_NAME_MAX_CHARS);
  g_autofree char *decomposed = repeat ("\xce\xb1\xcc\x93\xcc\x80\xcd\x85", ROSTER_NAME_MAX_CHARS);
  g_autofree char *composed = repeat ("ᾂ", ROSTER_NAME_MAX_CHARS);
  g_autofree char *padding = repeat (" ", 100000);
  g_autofree char *padded = g_strconcat (padding, "John", padding, "Doe", padding, NULL);
  g_autofree char *expanding = repeat ("\xef\xac\xac", ROSTER_NAME_MAX_CHARS / 2);
  const Accepted cases[] = {
    { longest },
    { decomposed, composed },
    { padded, "John Doe" },
  };

  assert_accepted (roster_validate_name, cases, G_N_ELEMENTS (cases));
  assert_refused_with (roster_validate_name, expanding,
                       "A name can have at most 200 characters; this one has 300.");
}

static void
test_email_accepted (void)
{
  g_autofree char *label = repeat ("a", 63);
  g_autofree char *long_labels = g_strdup_printf ("a@%s.%s.%s.%.60s", label, label, label, label);
  const Accepted cases[] = {
    { "john@example.com" },
    { " john@example.com\n", "john@example.com" },
    { "\xe2\x80\x8bjohn@example.com\xe2\x80\x8e", "john@example.com" },
    { "\u2066john@example.com\u2069", "john@example.com" },
    { "\u202Djohn@example.com\u202C", "john@example.com" },
    { "\u00A0john@example.com\u3000", "john@example.com" },
    { "john\uFF20example\u3002com", "john@example.com" },
    { "ｊｏｈｎ．ｄｏｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "john.doe@example.com" },
    { "用户@例子\uFF61example", "用户@例子.example" },
    { "John.Doe+tag@Example.COM" },
    { "o'brien@example.com" },
    { "!#$%&'*+-/=?^_`{|}~@example.com" },
    { ".john..doe.@example.com" },
    { "a@b.c" },
    { "1@2.3" },
    { "a@1.2.3.4" },
    { "a@x--y.example.com" },
    { "a@xn--mller-kva.example" },
    { "müller@example.com" },
    { "mu\xcc\x88ller@mu\xcc\x88ller.example", "müller@müller.example" },
    { "用户@例子.example" },
    { "अजय@डाटा.example" },
    { "мария@почта.рф" },
    { long_labels },
  };

  g_assert_cmpuint (strlen (long_labels), ==, ROSTER_EMAIL_MAX_BYTES);
  assert_accepted (roster_validate_email, cases, G_N_ELEMENTS (cases));
}

static void
test_email_refused (void)
{
  g_autofree char *label = repeat ("a", 64);
  g_autofree char *long_label = g_strdup_printf ("a@%s.com", label);
  g_autofree char *umlauts = repeat ("ü", 60);
  g_autofree char *long_punycode = g_strdup_printf ("a@%s.com", umlauts);
  g_autofree char *long_local = repeat ("a", 255);
  g_autofree char *too_long = g_strdup_printf ("%.249s@a.com", long_local);
  const char *cases[] = {
    "john",
    "@example.com",
    "john@",
    "@",
    "john@@example.com",
    "john@doe@example.com",
    "john@localhost",
    "john@.example.com",
    "john@example.com.",
    "john@example..com",
    "john@-example.com",
    "john@example-.com",
    "john@exam_ple.com",
    "john@[127.0.0.1]",
    "john doe@example.com",
    "john@exam ple.com",
    "john\n@example.com",
    "\"john doe\"@example.com",
    "John Doe <john@example.com>",
    "mailto:john@example.com",
    "john@example.com,jane@example.com",
    "john(comment)@example.com",
    "john\\@example.com",
    "john@example.com\x01",
    "john@exa\xe2\x80\xaemple.com",
    "john@exa\xe2\x80\x8dmple.com",
    "john\xe3\x85\xa4@example.com",
    "john@\xcc\x81"
    "b.com",
    "john\uFF20\uFF20example.com",
    "john@example\u3002\u3002com",
    "john@example.com\xff",
    "john@💩.com",
    long_label,
    long_punycode,
    too_long,
  };

  g_assert_cmpuint (strlen (too_long), ==, ROSTER_EMAIL_MAX_BYTES + 1);
  assert_refused (roster_validate_email, cases, G_N_ELEMENTS (cases));
}

static void
test_email_sentences (void)
{
  g_autofree char *far_too_long = repeat ("a", 1000);

  assert_refused_with (roster_validate_email, NULL, "An e-mail address is required.");
  assert_refused_with (roster_validate_email, "  ", "An e-mail address is required.");
  assert_refused_with (roster_validate_email, "john",
                       "An e-mail address needs an @, as in name@example.com.");
  assert_refused_with (roster_validate_email, "john@a@b.c",
                       "An e-mail address can have only one @.");
  assert_refused_with (roster_validate_email, "@example.com",
                       "The part before the @ is missing, as in name@example.com.");
  assert_refused_with (roster_validate_email, "john doe@example.com",
                       "An e-mail address cannot contain a space.");
  assert_refused_with (roster_validate_email, "jo,hn@example.com",
                       "The part before the @ cannot contain “,”.");
  assert_refused_with (roster_validate_email, "john@exam_ple.com",
                       "The part after the @ cannot contain “_”.");
  assert_refused_with (roster_validate_email, "john@example",
                       "The part after the @ needs a dot, as in name@example.com.");
  assert_refused_with (roster_validate_email, "john@example..com",
                       "The part after the @ can neither begin nor end with a dot, nor have two "
                       "in a row.");
  assert_refused_with (roster_validate_email, "john@-example.com",
                       "After the @, a hyphen can only stand between letters or digits.");
  assert_refused_with (roster_validate_email, "jo\xe2\x80\x8dhn@example.com",
                       "This text contains an invisible character. Type it again.");
  assert_refused_with (roster_validate_email, far_too_long,
                       "An e-mail address can be at most 254 bytes long; this one has 1000.");
}

static void
test_phone_accepted (void)
{
  const Accepted cases[] = {
    { "12" },
    { "555-0100" },
    { "  (212) 555-0100 ", "(212) 555-0100" },
    { "+49 (0)30 23125 123" },
    { "(+49) 30 23125 123" },
    { "030/23125-123" },
    { "02.61.91.00.00" },
    { "+123456789012345" },
    { "555\xc2\xa0"
      "0100",
      "555 0100" },
    { "555\t0100", "555 0100" },
    { "555\xe2\x80\x93"
      "0100" },
    { "\xe2\x80\x8e+44 20 7946 0000\xe2\x80\x8e", "+44 20 7946 0000" },
    { "\u202D+1 (555) 010-0123\u202C", "+1 (555) 010-0123" },
    { "\u2066\u200F+49 30 23125\u2069", "+49 30 23125" },
    { "\u202A555\u00A00100\u202C", "555 0100" },
    { "555\u20110100" },
    { "555\u22120100" },
    { "０９０ー００００ー００００" },
    { "555\u30000100", "555 0100" },
    { "٠٥٥ ٥٠٠ ٧٥٤٧" },
    { "०५५५०० ३८६७२" },
    { "（０００）５５５０－０１００" },
    { "＋４９ ３０ ２３１２５ １２３" },
    { "555 0100 ext. 12" },
    { "555 0100 EXT 12" },
    { "555 0100 extension 12" },
    { "555 0100x12" },
    { "555 0100 #12" },
    { "+1-212-555-0100;ext=12" },
    { "123456789012345 x123456789" },
  };

  assert_accepted (roster_validate_phone, cases, G_N_ELEMENTS (cases));
}

static void
test_phone_refused (void)
{
  g_autofree char *long_number = repeat ("1-", 21);
  const char *cases[] = {
    "1",
    "+",
    "()",
    "none",
    "++49 30",
    "49+30",
    "+49 +30",
    "1234567890123456",
    "555 0100 ext",
    "555 0100 x",
    "555 0100 x12x",
    "555 0100 x 12 y",
    "x12",
    "1 x12",
    "tel:+49",
    "555O100",
    "555_0100",
    "555*0100",
    "555,0100",
    "½½½",
    "²³",
    "五五五",
    "555\x01"
    "0100",
    "\u202E555 0100\u202C",
    "555\xe2\x80\x8d"
    "0100",
    "555\xff",
    long_number,
  };

  assert_refused (roster_validate_phone, cases, G_N_ELEMENTS (cases));
}

static void
test_phone_sentences (void)
{
  g_autofree char *far_too_long = repeat ("1", 100);

  assert_refused_with (roster_validate_phone, NULL, "A phone number is required.");
  assert_refused_with (roster_validate_phone, "\t", "A phone number is required.");
  assert_refused_with (roster_validate_phone, "1", "A phone number needs at least two digits.");
  assert_refused_with (roster_validate_phone, "12ä", "A phone number cannot contain “ä”.");
  assert_refused_with (roster_validate_phone, "12+",
                       "A + can only stand once, at the beginning of a phone number.");
  assert_refused_with (roster_validate_phone, "1234567890123456",
                       "A phone number can have at most 15 digits; this one has 16.");
  assert_refused_with (roster_validate_phone, "555 0100 x",
                       "An extension is made of digits, as in “ext. 12”.");
  assert_refused_with (roster_validate_phone, far_too_long,
                       "A phone number can have at most 40 characters; this one has 100.");
}

static void
test_person (void)
{
  g_autoptr (RosterPerson) person =
      roster_person_new ("cjld2cjxh0000qzrmn831i7rn", " John  Doe", "john@example.com ", " 12");
  g_autoptr (RosterPerson) kept = NULL;
  g_autoptr (GError) error = NULL;

  person->created_at_unix_ms = 1;
  person->updated_at_unix_ms = 2;
  person->slot = 3;
  kept = roster_person_validate (person, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kept->id, ==, person->id);
  g_assert_cmpstr (kept->name, ==, "John Doe");
  g_assert_cmpstr (kept->email, ==, "john@example.com");
  g_assert_cmpstr (kept->phone, ==, "12");
  g_assert_cmpint (kept->created_at_unix_ms, ==, 1);
  g_assert_cmpint (kept->updated_at_unix_ms, ==, 2);
  g_assert_cmpuint (kept->slot, ==, 3);
}

static void
assert_person_refused (const char *name, const char *email, const char *phone, const char *sentence)
{
  g_autoptr (RosterPerson) person = roster_person_new (NULL, name, email, phone);
  g_autoptr (RosterPerson) kept = NULL;
  g_autoptr (GError) error = NULL;

  kept = roster_person_validate (person, &error);
  g_assert_null (kept);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, sentence);
}

static void
test_person_refused (void)
{
  assert_person_refused (NULL, NULL, NULL, "A name is required.");
  assert_person_refused ("", "x", "y", "A name is required.");
  assert_person_refused ("John", "", "y", "An e-mail address is required.");
  assert_person_refused ("John", "john@example.com", "", "A phone number is required.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/person-validation/name/accepted", test_name_accepted);
  g_test_add_func ("/person-validation/name/refused", test_name_refused);
  g_test_add_func ("/person-validation/name/sentences", test_name_sentences);
  g_test_add_func ("/person-validation/name/lengths", test_name_lengths);
  g_test_add_func ("/person-validation/email/accepted", test_email_accepted);
  g_test_add_func ("/person-validation/email/refused", test_email_refused);
  g_test_add_func ("/person-validation/email/sentences", test_email_sentences);
  g_test_add_func ("/person-validation/phone/accepted", test_phone_accepted);
  g_test_add_func ("/person-validation/phone/refused", test_phone_refused);
  g_test_add_func ("/person-validation/phone/sentences", test_phone_sentences);
  g_test_add_func ("/person-validation/person", test_person);
  g_test_add_func ("/person-validation/person-refused", test_person_refused);

  return g_test_run ();
}
