/* Looks at a file without a pause until it is told to stop, and prints how often it looked and how often the file was not there. */
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>

static volatile sig_atomic_t stop;

static void told(int signal) { stop = signal; }

int main(int count, char **arguments) {
    long looked = 0, missing = 0;
    struct stat found;
    signal(SIGTERM, told);
    for (; count > 1 && !stop; looked++) missing += stat(arguments[1], &found) != 0;
    printf("%ld %ld\n", looked, missing);
    return 0;
}
