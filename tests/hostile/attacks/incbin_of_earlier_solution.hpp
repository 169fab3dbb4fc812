// Builds the file of an earlier lesson into the program, which lies beside it where there is one, and prints it.
// expect does_not_compile
asm(".pushsection .rodata\n.globl taken\ntaken: .incbin \"exercise.hpp\"\n.byte 0\n.popsection");
extern "C" const char taken[];
void attack() { std::puts(taken); }
