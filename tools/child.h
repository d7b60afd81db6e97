/* SPDX-License-Identifier: MIT
 *
 * A command that we stay the parent of, while nobody notices that we are there.
 */
#ifndef CHILD_H
#define CHILD_H

/* Starts it in our own process group, with the signal state that we were started with, and
 * waits for its end: signals sent to us are passed on, those of the terminal reach it anyway,
 * and we stop when it stops. Answers its wait status, or -errno. */
int child_run(char **argv);

/* Ends this process as the child ended. */
_Noreturn void child_end_like(int wait_status);

/* In a child or instead of one: becomes the command, or complains and answers the status. */
int child_exec(char **argv);

#endif
