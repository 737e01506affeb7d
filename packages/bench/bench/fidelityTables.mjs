export const printTables = () => {};
