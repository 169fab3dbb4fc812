// Includes it by its place in the source tree.
// expect does_not_compile
#include "/work/main/lessons/04_linear_layer/solution.hpp"
void attack() {}
