// Brings the driver's table of functions.
// expect does_not_compile
#include "gradwalk/driver.hpp"
const gradwalk::driver::Function gradwalk_functions[] = {{nullptr, nullptr}};
void attack() {}
