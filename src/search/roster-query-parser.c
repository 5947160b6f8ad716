/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "config.h"

#include "roster-query-parser.h"

#include <string.h>

#include "roster-fold.h"
#include "roster-needle.h"
#include "roster-phone.h"
#include "roster-utf8.h"

#define MAX_CODE_POINTS 1024
#define MAX_WORDS 64

/* A group of digits this long is worth looking for in phones by itself; shorter ones are in nearly
 * every number, and count only where they were typed, beside their neighbours. */
#define MIN_LONE_DIGITS 3

typedef enum
{
  WORD_IGNORED, /* nothing of it counts */
  WORD_NUMBER,  /* digits or a '+', and an extension */
  WORD_TEXT,
} WordKind;

/* What a copied link begins with. */
static const char *
skip_scheme (const char *word)
{
  static const char *const schemes[] = { "tel:", "mailto:" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize length = strlen (schemes[i]);

      if (g_ascii_strncasecmp (word, schemes[i], length) == 0 && word[length] != '\0')
        return word + length;
    }
  return word;
}

/* Whether @text is the mark of an extension and its digits; RFC 3966 has ";ext=". */
static gboolean
is_extension (const char *text)
{
  static const char *const marks[] = { "extension", "ext", "x" };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *rest = text + strlen (marks[i]);

      if (g_ascii_strncasecmp (text, marks[i], strlen (marks[i])) != 0)
        continue;
      rest += strspn (rest, ".:=");
      return g_ascii_isdigit (*rest) && rest[strspn (rest, "0123456789")] == '\0';
    }
  return FALSE;
}

/* @leads: (out): whether a '+' comes first, so that a number begins here */
static WordKind
get_word_kind (const char *word, guint *n_digits, gboolean *leads)
{
  WordKind kind = WORD_IGNORED;
  gsize i = 0;

  *n_digits = 0;
  *leads = FALSE;
  while (word[i] != '\0')
    {
      const char *rest = word + i;
      gint32 c = roster_utf8_next (word, &i);
      const char *bytes;
      gsize length;

      if (c < 0)
        continue;
      bytes = roster_fold_code_point ((gunichar) c, &length);
      if (length == 1 && g_ascii_isdigit (bytes[0]))
        {
          kind = WORD_NUMBER;
          (*n_digits)++;
        }
      else if (length == 1 && bytes[0] == '+')
        {
          *leads |= kind == WORD_IGNORED;
          kind = WORD_NUMBER;
        }
      else if (length > 0)
        return *n_digits > 0 && is_extension (rest) ? WORD_NUMBER : WORD_TEXT;
    }
  return kind;
}

static void
clause_add (GPtrArray *clause, const char *bytes, gsize length)
{
  g_ptr_array_add (clause, roster_needle_new (bytes, length));
}

/* Returns: (transfer full) (nullable): @word with spaces for the marks within it; %NULL when there
 * are none. */
static char *
space_out (const char *word)
{
  g_autoptr (GString) spaced = g_string_new (NULL);
  gboolean differs = FALSE;
  gsize i = 0;

  while (word[i] != '\0')
    {
      gsize start = i;
      gint32 c = roster_utf8_next (word, &i);
      gboolean is_mark = FALSE;
      gsize length;

      if (c >= 0 && g_unichar_ispunct ((gunichar) c))
        {
          roster_fold_code_point ((gunichar) c, &length);
          is_mark = length == 0;
        }
      if (is_mark)
        g_string_append_c (spaced, ' ');
      else
        g_string_append_len (spaced, word + start, (gssize) (i - start));
      differs |= is_mark;
    }
  return differs ? g_string_free (g_steal_pointer (&spaced), FALSE) : NULL;
}

static void
clause_add_text (GPtrArray *clause, const char *word)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  gboolean differs = roster_fold_append (folded, word, ROSTER_SPELLING_PLAIN, NULL);

  clause_add (clause, folded->str, folded->len);
  if (differs)
    {
      g_string_truncate (folded, 0);
      roster_fold_append (folded, word, ROSTER_SPELLING_EXPANDED, NULL);
      clause_add (clause, folded->str, folded->len);
    }
}

static void
clause_add_phone (GPtrArray *clause, const char *number)
{
  g_autoptr (GPtrArray) needles = roster_phone_get_needles (number);

  for (guint i = 0; i < needles->len; i++)
    {
      gsize length;
      const char *bytes = g_bytes_get_data (g_ptr_array_index (needles, i), &length);

      clause_add (clause, bytes, length);
    }
}

/* Leaves out needles that can only occur where another one does. */
static void
clause_minimize (GPtrArray *clause)
{
  for (guint i = 0; i < clause->len; i++)
    {
      for (guint j = 0; j < clause->len;)
        {
          if (i != j &&
              roster_needle_contains (g_ptr_array_index (clause, j), g_ptr_array_index (clause, i)))
            {
              g_ptr_array_remove_index (clause, j);
              if (j < i)
                i--;
            }
          else
            j++;
        }
    }
}

/* Whether @clause holds wherever @other does. */
static gboolean
clause_follows (GPtrArray *clause, GPtrArray *other)
{
  for (guint i = 0; i < other->len; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < clause->len && !found; j++)
        found =
            roster_needle_contains (g_ptr_array_index (other, i), g_ptr_array_index (clause, j));
      if (!found)
        return FALSE;
    }
  return TRUE;
}

static int
compare_needles (gconstpointer a, gconstpointer b)
{
  return roster_needle_compare (*(RosterNeedle *const *) a, *(RosterNeedle *const *) b);
}

static void
add_clause (GPtrArray *clauses, GPtrArray *clause)
{
  clause_minimize (clause);
  g_ptr_array_sort (clause, compare_needles);
  for (guint i = 0; i < clauses->len; i++)
    {
      if (clause_follows (clause, g_ptr_array_index (clauses, i)))
        {
          g_ptr_array_unref (clause);
          return;
        }
    }
  for (guint i = clauses->len; i > 0; i--)
    {
      if (clause_follows (g_ptr_array_index (clauses, i - 1), clause))
        g_ptr_array_remove_index (clauses, i - 1);
    }
  g_ptr_array_add (clauses, clause);
}

/* Words of digits that stand beside each other are one number, each of them also a word. */
static void
add_number (GPtrArray *clauses, GPtrArray *words)
{
  g_autofree char *number = NULL;
  guint n_digits;
  gboolean leads;

  if (words->len == 0)
    return;
  g_ptr_array_add (words, NULL);
  number = g_strjoinv (" ", (char **) words->pdata);
  g_ptr_array_set_size (words, (int) words->len - 1);

  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      GPtrArray *clause = g_ptr_array_new_with_free_func (g_free);

      get_word_kind (word, &n_digits, &leads);
      clause_add_text (clause, word);
      clause_add_phone (clause, number);
      if (n_digits >= MIN_LONE_DIGITS)
        clause_add_phone (clause, word);
      add_clause (clauses, clause);
    }
  g_ptr_array_set_size (words, 0);
}

/* Returns: (transfer full): the words of what may be read of @text. */
static GPtrArray *
split (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  gsize i = 0;
  gsize start = 0;
  guint n_code_points = 0;

  /* Asking ICU for the first time takes 12 ms, which a start without a search need not wait for. */
  while (*text != '\0' && words->len < MAX_WORDS)
    {
      gsize end = i;
      gboolean more = text[i] != '\0' && n_code_points++ < MAX_CODE_POINTS;
      gint32 c = ' ';

      if (more)
        c = roster_utf8_next (text, &i);
      if (c >= 0)
        {
          gsize length;
          const char *bytes = roster_fold_code_point ((gunichar) c, &length);

          if (length == 1 && bytes[0] == ' ')
            {
              if (end > start)
                g_ptr_array_add (words, g_strndup (text + start, end - start));
              start = i;
            }
        }
      if (!more)
        break;
    }
  return words;
}

/* By the last needle, which is the most expensive one. */
static int
compare_clauses (gconstpointer a, gconstpointer b)
{
  GPtrArray *one = *(GPtrArray *const *) a;
  GPtrArray *other = *(GPtrArray *const *) b;

  for (guint i = 1; i <= MIN (one->len, other->len); i++)
    {
      int result = roster_needle_compare (g_ptr_array_index (one, one->len - i),
                                          g_ptr_array_index (other, other->len - i));

      if (result != 0)
        return result;
    }
  return (one->len > other->len) - (one->len < other->len);
}

GPtrArray *
roster_query_parse (const char *text)
{
  GPtrArray *clauses = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) words = split (text);
  g_autoptr (GPtrArray) number = g_ptr_array_new ();

  for (guint i = 0; i < words->len; i++)
    {
      const char *word = skip_scheme (g_ptr_array_index (words, i));
      guint n_digits;
      gboolean leads;
      WordKind kind = get_word_kind (word, &n_digits, &leads);

      if (kind == WORD_IGNORED)
        continue;
      if (kind == WORD_TEXT)
        {
          GPtrArray *clause = g_ptr_array_new_with_free_func (g_free);
          g_autofree char *spaced = space_out (word);

          add_number (clauses, number);
          clause_add_text (clause, word);
          if (spaced != NULL)
            clause_add_text (clause, spaced);
          add_clause (clauses, clause);
          continue;
        }
      if (leads)
        add_number (clauses, number);
      g_ptr_array_add (number, (gpointer) word);
    }
  add_number (clauses, number);
  g_ptr_array_sort (clauses, compare_clauses);
  return clauses;
}
