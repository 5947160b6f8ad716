/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The tables of roster-sample-people.c, and of nothing else. "#" stands for any digit (of the
 * script of the digits before it), "N" for 2 to 9. The numbers are those that the country's
 * regulator keeps for films and books (North America, United Kingdom, Ireland, Australia, Germany,
 * France, Sweden), elsewhere ones with a 555 or 000 where a real one has an exchange. */

typedef const char *const Phones[];

static Phones american_phones = { "(N##) 555-01##",    "N##-555-01##",
                                  "N##.555.01##",      "+1 N## 555 01##",
                                  "+1 (N##) 555-01##", "(N##) 555-01## ext. ##",
                                  "N## 555 01## x###", "1-N##-555-01##",
                                  "+1N##55501##" };
static Phones british_phones = { "020 7946 0###",   "07700 900###",        "+44 20 7946 0###",
                                 "+44 7700 900###", "+44 (0)113 496 0###", "(0161) 496 0###",
                                 "020 91# ####",    "+353 20 91# ####",    "+61 2 7010 ####",
                                 "(02) 5550 ####" };
static Phones german_phones = { "+49 (0)30 23125 ###", "030 23125-###",    "+49 69 90009###",
                                "(089) 99998 ###",     "0049 40 66969###", "0221/4710###",
                                "+49 555 ### ####",    "0555 #######",     "+43 555 ######",
                                "+41 55 500 ## ##" };
static Phones french_phones = { "01 99 00 ## ##", "06 39 98 ## ##",       "+33 1 99 00 ## ##",
                                "02.61.91.##.##", "+33 (0)4 65 71 ## ##", "+33639 98####",
                                "05-36-49-##-##" };
static Phones nordic_phones = { "08-465 004 ##",  "+46 31 390 06 ##", "+46 (0)70 174 06 N#",
                                "+47 555 0# ###", "+45 55 50 ## ##",  "+358 55 500 ####",
                                "+354 555 00##" };
static Phones dutch_phones = { "+31 (0)55 500 ####", "055-500 ####", "+31 6 000#####",
                               "06-000 ## ###" };
static Phones italian_phones = { "+39 0555 000 ###", "0555 00####", "+39 300 000 ####",
                                 "300.000.####" };
static Phones indian_phones = { "+91 55500 #####", "055500-#####", "+91-555-000-####",
                                "055 5500 ####" };
static Phones indonesian_phones = { "+62 555 000 ####", "0555-000-####", "(0555) 000###" };
static Phones african_phones = { "+234 555 000 ####", "+254 555 000###", "0555 000 ####",
                                 "+27 55 500 ####" };
static Phones spanish_phones = { "+34 555 ### ###", "555 ## ## ##", "+52 55 5550 ####",
                                 "+351 555 000 ###" };
static Phones polish_phones = { "+48 555 ### ###", "555-###-###", "+48 55 500 ## ##",
                                "(55) 500-##-##" };
static Phones turkish_phones = { "+90 (555) 000 ## ##", "0555 000 ## ##", "0 (555) 000-####" };
static Phones vietnamese_phones = { "+84 55 500 ####", "0555 000 ###", "0555.000.###" };
static Phones eastern_phones = { "+40 555 000 ###", "0555 000 ###", "+36 55 500-###",
                                 "06 55 500 ###" };
static Phones cyrillic_phones = { "+7 (000) 555-##-##", "8 (000) 555-##-##", "+380 55 500 ## ##",
                                  "8-000-555-##-##" };
static Phones greek_phones = { "+30 2555 00####", "2555 00####", "+30 655 500 ####" };
static Phones arabic_phones = { "+20 55 500 ####", "055 500 ####", "٠٥٥ ٥٠٠ ####",
                                "+966 55 000 ####" };
static Phones hebrew_phones = { "055-500-####", "+972 55-500-####", "+972 (0)55 500 ####" };
static Phones hindi_phones = { "+91 55500 #####", "०५५५०० #####", "055500 #####" };
static Phones chinese_phones = { "+86 100 0000 ####", "100 0000 ####", "(000) 5550 ####",
                                 "+886 2 5550 ####" };
static Phones japanese_phones = { "090-0000-####", "+81 90 0000 ####", "(000) 5550-####",
                                  "０００－５５５０－####" };
static Phones korean_phones = { "010-0000-####", "+82 10-0000-####", "02-000-####",
                                "+82 (0)2 000 ####" };
