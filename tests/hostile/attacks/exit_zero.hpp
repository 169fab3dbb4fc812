// Ends the process as a success.
// expect no_answer
#include <cstdlib>
void attack() { std::exit(0); }
