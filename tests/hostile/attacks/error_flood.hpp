// Megabytes of compiler errors.
// expect does_not_compile
#define E(n) static_assert(n == 0, "passed passed passed passed passed passed passed passed passed");
#define F(n) E(n) E(n) E(n) E(n) E(n) E(n) E(n) E(n) E(n) E(n)
#define G(n) F(n) F(n) F(n) F(n) F(n) F(n) F(n) F(n) F(n) F(n)
G(1) G(2) G(3) G(4) G(5) G(6) G(7) void attack() {}
