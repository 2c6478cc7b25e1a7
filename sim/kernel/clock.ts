/** Where the kernel keeps the present time; a recorder takes its time stamps from there. */
export interface Clock {
  nowUs: number;
}
