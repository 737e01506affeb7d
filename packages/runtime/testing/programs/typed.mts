export const objective: number = 1;
