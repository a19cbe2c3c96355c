/*
 * Waiting and waking: how long to spin before a block, and when the monitor hears of a wake-up.
 *
 * An exit costs more than most waits. So who waits spins, but only while another process is running that
 * could end the wait, and less each time it was in vain. And who wakes need not exit at once if it will soon
 * exit anyhow: it leaves the wake-up in control.deferred, and its next exit delivers it, mostly the one in
 * which it goes to sleep itself; the woken process then takes over its core. That is done when no core is
 * free to run the woken process, or when this process has gone to sleep after each of its last wake-ups. The
 * monitor delivers what lies there too long (a process may wake another and compute ever after).
 */
#include "libos.h"

#define MOST_LOSSES 7   /* the shortest spin is the longest, halved so often */
#define CAREFUL 3       /* a new process waits mostly for somebody who is busy with others */
#define TRY_AGAIN 64    /* one wait in so many spins in full: the peer may have become fast */
#define SURE 2          /* wake-ups in a row, each followed by a block, that make the next one be deferred */
#define FIRST_TRIAL 256 /* after that many such wake-ups one is not deferred: maybe spinning pays by now */
#define LAST_TRIAL 16384

struct spinner pipe_spinner;

static u32 blocks_after_wake; /* in a row */
static u32 trial_in = FIRST_TRIAL, trial_gap = FIRST_TRIAL;
static bool woke;      /* a wake-up was delivered or left since the last wait */
static bool left;      /* it was left */
static bool full_spin; /* the next wait is a trial's */
static u64 left_at;

bool wakes_left(void)
{
    for (u32 i = 0; i < UB_DEFERRED; i++)
        if (__atomic_load_n(&ub_control.deferred[i], __ATOMIC_RELAXED))
            return true;
    return false;
}

u64 spin_limit(struct spinner *spinner)
{
    if (!spin_pays())
        return 0;
    if (ub_system.spin_policy == UB_SPIN_ALWAYS)
        return ub_system.spin_tsc;
    if (wakes_left())
        return 0; /* nobody can answer before this process exits */
    if (full_spin || ++spinner->waits % TRY_AGAIN == 0)
        return ub_system.spin_tsc;
    return ub_system.spin_tsc >> spinner->losses;
}

void spin_won(struct spinner *spinner)
{
    ub_control.spins++;
    spinner->losses = spinner->losses > 2 ? spinner->losses - 2 : 0;
    if (woke)
        blocks_after_wake = 0;
    if (full_spin)
        trial_gap = FIRST_TRIAL;
    full_spin = woke = false;
}

void spin_lost(struct spinner *spinner)
{
    if (spinner->losses < MOST_LOSSES)
        spinner->losses++;
}

/* This process goes to sleep. */
void handover_blocks(void)
{
    bool taken = left && !wakes_left(); /* its wake-up could not wait: it had other things to do before */
    if (taken)
        blocks_after_wake = 0;
    else if (woke && blocks_after_wake < SURE)
        blocks_after_wake++;
    woke = left = full_spin = false;
}

static bool leave(u32 wake)
{
    for (u32 i = 0; i < UB_DEFERRED; i++) {
        u32 there = 0;
        if (__atomic_compare_exchange_n(&ub_control.deferred[i], &there, wake, false, __ATOMIC_SEQ_CST,
                                        __ATOMIC_SEQ_CST) ||
            there == wake)
            return true;
    }
    return false;
}

static bool may_leave(void)
{
    if (!ub_control.may_defer || ub_system.spin_policy == UB_SPIN_ALWAYS)
        return false;
    if (awake_now() >= (int)ub_system.cores)
        return true;
    if (blocks_after_wake < SURE)
        return false;
    if (left && read_tsc() - left_at > ub_system.spin_tsc) {
        blocks_after_wake = 0; /* it did not go to sleep, after all */
        return false;
    }
    if (ub_system.spin_policy == UB_SPIN_AUTO && --trial_in == 0) {
        trial_gap = trial_gap < LAST_TRIAL ? trial_gap * 2 : LAST_TRIAL;
        trial_in = trial_gap;
        full_spin = true;
        return false;
    }
    return true;
}

/* Who waits on that side of a ring sleeps in the monitor, and is woken: at once, or with the next exit. */
void handover_wake(u32 slot, u32 side, bool at_once)
{
    if (!at_once && may_leave() && leave((slot << 1 | side) + 1)) {
        if (!left)
            left_at = read_tsc();
        left = woke = true;
        return;
    }
    left = false;
    woke = true;
    HC2(UB_HC_PIPE_WAKE, slot, side);
}

void handover_forked(void)
{
    woke = left = full_spin = false;
    blocks_after_wake = 0;
    trial_in = trial_gap = FIRST_TRIAL;
    pipe_spinner.losses = CAREFUL;
}
