// Brings a main of its own.
// expect does_not_compile
int main() { return 0; }
void attack() {}
