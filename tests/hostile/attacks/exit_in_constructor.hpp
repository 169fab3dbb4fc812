// A static constructor prints a report and exits before main.
// expect no_answer
#include <cstdio>
#include <cstdlib>
struct Early {
  Early() {
    std::puts("{\"status\": \"passed\"}");
    std::exit(0);
  }
} early;
void attack() {}
