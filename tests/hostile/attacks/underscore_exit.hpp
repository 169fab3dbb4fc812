// Ends it without a word.
// expect no_answer
#include <unistd.h>
void attack() { _exit(0); }
