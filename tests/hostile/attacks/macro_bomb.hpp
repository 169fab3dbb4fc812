// Macros that double until memory ends.
// expect does_not_compile
#define A(x) x x x x x x x x x x
#define B(x) A(A(A(A(x))))
#define C(x) B(B(x))
int numbers[] = {C(1, )};
void attack() {}
