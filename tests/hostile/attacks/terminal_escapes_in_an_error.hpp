// Does not compile, and the message of the compiler holds orders to a terminal.
// expect does_not_compile
#error ]0;owned [2J
void attack() {}
