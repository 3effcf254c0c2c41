/* The library that missing_library needs and does not find. */
int gleaner_gone(void);
int gleaner_gone(void) {
  return 0;
}
