// Builds a hidden file into the program.
// expect does_not_compile
asm(".incbin \"/etc/passwd\"");
void attack() {}
