// A hundred megabytes of data.
// expect does_not_compile
int huge[100000000] = {1};
void attack() { huge[0] = 2; }
