// A computation at compile time without end.
// expect does_not_compile
constexpr long count(long n) {
  long sum = 0;
  for (long i = 0; i < n; ++i)
    for (long j = 0; j < n; ++j) sum += i ^ j;
  return sum;
}
constexpr long boom = count(1L << 40);
void attack() {}
