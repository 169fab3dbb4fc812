// Brings a main of its own, which is not the one that is run.
int main() { return 0; }
void attack() {}
