// An exception that nobody catches.
// expect crashed
void attack() { throw 42; }
