// Redefines the words that the driver is made of.
#define answer_matrix(...) answer("z", 1)
#define answer_vector(...) answer("b", 1)
void attack() {}
