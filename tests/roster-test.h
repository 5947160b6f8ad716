/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** ROSTER_TEST_DEADLINE_S: how long a test waits before it fails, in seconds. */
#define ROSTER_TEST_DEADLINE_S 60

/**
 * roster_test_wait:
 * @condition: (scope call): what to wait for
 * @user_data: for @condition
 *
 * Iterates the thread's default main context until @condition says TRUE; the deadline fails the
 * test.
 */
void roster_test_wait (gboolean (*condition) (gpointer user_data), gpointer user_data);

/**
 * roster_test_result_cb:
 * @user_data: a GAsyncResult ** that is %NULL before the call
 *
 * A GAsyncReadyCallback that keeps the result; fails the test when it is called twice.
 */
void roster_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/**
 * roster_test_await:
 * @result: (inout): where roster_test_result_cb() puts the result
 *
 * Returns: (transfer full): the result, once it is there; @result is %NULL again
 */
GAsyncResult *roster_test_await (GAsyncResult **result);

/**
 * roster_test_finalize:
 * @object: (transfer full): a GObject that nobody but calls under way still holds
 *
 * Drops the last reference of the test's and waits until the object is gone.
 */
void roster_test_finalize (gpointer object);

/** roster_test_folder_new: Returns: (transfer full): a new, empty, private folder. */
GFile *roster_test_folder_new (void);

/** roster_test_folder_delete: @folder: (transfer full): removed with all that is in it. */
void roster_test_folder_delete (GFile *folder);

G_END_DECLS
