// Includes the solution.
// expect does_not_compile
#include "solution.hpp"
void attack() {}
