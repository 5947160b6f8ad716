/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "roster-cuid.h"

#include <string.h>

#define N_THREADS 8
#define N_PER_THREAD 12500

static void
test_form (void)
{
  g_autofree char *id = roster_cuid_new ();

  g_assert_true (g_regex_match_simple ("\\Ac[0-9a-z]{24}\\z", id, 0, 0));
  g_assert_true (roster_cuid_is_valid (id));
}

static guint64
digits (const char *id, gsize from, gsize n_digits)
{
  g_autofree char *part = g_strndup (id + from, n_digits);

  return g_ascii_strtoull (part, NULL, 36);
}

static void
test_layout (void)
{
  guint64 before = (guint64) g_get_real_time () / 1000;
  g_autofree char *first = roster_cuid_new ();
  g_autofree char *second = roster_cuid_new ();
  guint64 after = (guint64) g_get_real_time () / 1000;

  g_assert_cmpuint (digits (first, 1, 8), >=, before);
  g_assert_cmpuint (digits (second, 1, 8), <=, after);
  g_assert_cmpuint (digits (second, 9, 4), ==, digits (first, 9, 4) + 1);
  g_assert_cmpmem (first + 13, 4, second + 13, 4);
  g_assert_cmpstr (first + 17, !=, second + 17);
}

static void
test_is_valid (void)
{
  const char *wrong[] = {
    "",
    "c",
    "cjld2cjxh0000qzrmn831i7r",
    "cjld2cjxh0000qzrmn831i7rnn",
    "djld2cjxh0000qzrmn831i7rn",
    "cjld2cjxh0000qzrmn831i7rN",
    "cjld2cjxh0000qzrmn831i7r-",
    "cjld2cjxh0000qzrmn831i7r\n",
    "cjld2cjxh0000qzrmn831i7rn\n",
    "cjld2cjxh0000qzrmn831i7r\xc3\xa9",
    " cjld2cjxh0000qzrmn831i7rn",
  };

  g_assert_true (roster_cuid_is_valid ("cjld2cjxh0000qzrmn831i7rn"));
  g_assert_false (roster_cuid_is_valid (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (roster_cuid_is_valid (wrong[i]));
}

static gpointer
make_many (gpointer data)
{
  char **ids = data;

  for (guint i = 0; i < N_PER_THREAD; i++)
    ids[i] = roster_cuid_new ();
  return NULL;
}

static void
test_unique_across_threads (void)
{
  g_autofree char **ids = g_new0 (char *, N_THREADS *N_PER_THREAD);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("cuid", make_many, ids + i * N_PER_THREAD);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);

  for (guint i = 0; i < N_THREADS * N_PER_THREAD; i++)
    {
      g_assert_true (roster_cuid_is_valid (ids[i]));
      g_assert_true (g_hash_table_add (seen, ids[i]));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cuid/form", test_form);
  g_test_add_func ("/cuid/layout", test_layout);
  g_test_add_func ("/cuid/is-valid", test_is_valid);
  g_test_add_func ("/cuid/unique-across-threads", test_unique_across_threads);

  return g_test_run ();
}
