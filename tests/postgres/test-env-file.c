/* SPDX-License-Identifier: GPL-3.0-or-later */

/* .env files, good and bad. */

#include "config.h"

#include <glib/gstdio.h>

#include "roster-env-file.h"
#include "roster-error.h"
#include "roster-test.h"

static GHashTable *
read_bytes (const char *text, gssize length, int mode, gboolean *others_can_read, GError **error)
{
  GFile *folder = roster_test_folder_new ();
  g_autofree char *path = g_build_filename (g_file_peek_path (folder), ".env", NULL);
  GHashTable *values;

  g_assert_true (g_file_set_contents (path, text, length, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  values = roster_env_file_read (path, others_can_read, error);
  roster_test_folder_delete (folder);
  return values;
}

static GHashTable *
read_text (const char *text, int mode, gboolean *others_can_read, GError **error)
{
  return read_bytes (text, -1, mode, others_can_read, error);
}

static void
assert_value (const char *text, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  gboolean others_can_read;
  g_autoptr (GHashTable) values = read_text (text, 0600, &others_can_read, &error);

  g_assert_no_error (error);
  g_assert_false (others_can_read);
  g_assert_cmpstr (g_hash_table_lookup (values, "A"), ==, wanted);
}

static void
test_values (void)
{
  assert_value ("A=b", "b");
  assert_value ("  export A = b # that \r\n", "b");
  assert_value ("A=b#c", "b");
  assert_value ("A=\"b # c\" # that", "b # c");
  assert_value ("A='b\\n'", "b\\n");
  assert_value ("A=\"b\\tc\\\"\"", "b\\tc\\\"");
  assert_value ("B='-----BEGIN\n# in\n-----END' \nA=`b'\"`", "b'\"");
  assert_value ("A=b\rB=c\r", "b");
  assert_value ("A=\"b\\nc\"", "b\nc");
  assert_value ("A=", "");
  assert_value ("A=b=c\nA=d", "d");
  assert_value ("# A=b\n\n", NULL);
}

static void
test_refused (void)
{
  static const char *const TEXTS[] = { "A", "=b", "1A=b", "A B=c", "A=\"b", "A='b" };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean others_can_read;

      g_assert_null (read_text (TEXTS[i], 0600, &others_can_read, &error));
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
    }
}

/* What follows a NUL would be settings that are silently not there. */
static void
test_binary (void)
{
  static const struct
  {
    const char *bytes;
    gssize length;
  } FILES[] = { { "A=b\0\nB=c", 8 }, { "A=\xff", 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean others_can_read;

      g_assert_null (read_bytes (FILES[i].bytes, FILES[i].length, 0600, &others_can_read, &error));
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
    }
}

static void
test_mode (void)
{
  g_autoptr (GError) error = NULL;
  gboolean others_can_read;
  g_autoptr (GHashTable) values = read_text ("A=b", 0640, &others_can_read, &error);

  g_assert_nonnull (values);
  g_assert_true (others_can_read);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/env-file/values", test_values);
  g_test_add_func ("/env-file/refused", test_refused);
  g_test_add_func ("/env-file/binary", test_binary);
  g_test_add_func ("/env-file/mode", test_mode);
  return g_test_run ();
}
