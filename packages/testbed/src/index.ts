/** Real training as an objective: a multilayer perceptron with batch normalisation, the data to train it on, and tuning tasks made of both. */
export {};
