// A rarer way out.
// expect no_answer
#include <cstdlib>
void attack() { std::quick_exit(0); }
