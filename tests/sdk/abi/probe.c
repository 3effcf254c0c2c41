/* Reaches every type of the contract, for abidw to write down. */
#include "every_header.h"

GLEANER_EXPORT extern const struct probe {
  const gleaner_plugin* plugin;
  const gleaner_pair* pair;
  const gleaner_value* value;
  const gleaner_config* config;
  const gleaner_source* source;
  const gleaner_stage* stage;
  const gleaner_output* output;
  const gleaner_entry* entry;
  const gleaner_account* account;
  const gleaner_clock* clock;
  const gleaner_file* file;
  const gleaner_http* http;
  const gleaner_log* log;
  const gleaner_mail* mail;
  const gleaner_secret* secret;
  const gleaner_store* store;
} gleaner_probe;

const struct probe gleaner_probe = {0};
