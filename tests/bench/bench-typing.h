/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What people type, one character after the other: common and rare, in nine scripts. */
static const char *const bench_typing_sessions[] = {
  "a",        "e",        "maria",    "smith",    "mueller",  "müller", "o'brien", "soeren",
  "łukasz",   "nguyen",   "x",        "q",        "zzzzzzzz", "an ma",  "smith j", "e a i o",
  "@example", "example",  ".com",     "maria.ga", "1990",     "0",      "+49 30",  "555 01",
  "030 123",  "00442079", "7",        "12",       "(212) 55", "Сергей", "ива",     "Артём",
  "Γιώργος",  "παπα",     "محمد",     "أحمد",     "שלום",     "כהן",    "प्रिया",   "शर्मा",
  "王",       "王小明",   "李",       "김민준",   "박",       "やまだ", "ヤマダ",  "田中",
  "jean-luc", "van der",  "de la cr", "qwxzjkvb", "ß",        "ø",      "'",       "👍",
};
