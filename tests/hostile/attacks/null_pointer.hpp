// Dereferences null.
void attack() { *(volatile int*)nullptr = 1; }
