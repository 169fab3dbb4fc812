// A header that includes itself.
#include __FILE__
void attack() {}
